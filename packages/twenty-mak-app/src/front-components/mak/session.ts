import * as z from 'zod/mini';
import { post, postAsMember } from '../twenty/access-token.ts';
import { makAddress, sessionAddress } from './address.ts';
import { Problem } from './problem.ts';

const codeSchema = z.object({ code: z.string(), embed_url: z.url() });
const sessionSchema = z.object({ token: z.string() });
const refusalSchema = z.object({
  code: z.string(),
  title: z.optional(z.string()),
  detail: z.optional(z.string()),
});

/** A one-time code, and the address of a page that it opens. */
export interface EmbedCode {
  readonly code: string;
  /** With the code in its fragment. */
  readonly address: string;
}

/** The refusal that an answer holds; other bodies come from something between us and MaK. */
export async function refusalOf(answer: Response): Promise<Problem> {
  const read = refusalSchema.safeParse(await answer.json().catch(() => null));
  if (!read.success) return new Problem('unreachable', `MaK answered with ${answer.status}.`);
  const { code, title, detail } = read.data;
  return new Problem(code, detail ?? title ?? code);
}

async function json<T>(answer: Response, schema: z.ZodMiniType<T>): Promise<T> {
  if (!answer.ok) throw await refusalOf(answer);
  const read = schema.safeParse(await answer.json().catch(() => null));
  if (!read.success)
    throw new Problem('unexpected_answer', 'MaK gave an answer that is not understood.');
  return read.data;
}

/** Asks MaK for a one-time code; twenty's token says who asks. */
export async function requestCode(): Promise<EmbedCode> {
  const answer = await postAsMember(await sessionAddress(), {});
  const { code, embed_url: address } = await json(answer, codeSchema);
  return { code, address };
}

/** Opens a session of MaK for the person who looks; gives its bearer token. */
export async function signIn(): Promise<string> {
  const { code } = await requestCode();
  const answer = await post(`${await makAddress()}/v1/embed/sessions`, { code });
  return (await json(answer, sessionSchema)).token;
}
