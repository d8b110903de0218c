import * as z from 'zod/mini';
import { post } from '../twenty/access-token.ts';
import { makAddress } from './address.ts';
import { Problem } from './problem.ts';
import { refusalOf, signIn } from './session.ts';

/** A request with the shape of its answer. */
export interface Operation<T> {
  readonly text: string;
  readonly data: z.ZodMiniType<T>;
}

const errorSchema = z.object({
  message: z.string(),
  extensions: z.optional(z.object({ code: z.optional(z.string()) })),
});

let token: Promise<string> | null = null;

/** The token of this component's session; all requests share one. */
export async function makToken(): Promise<string> {
  token ??= signIn();
  try {
    return await token;
  } catch (error) {
    token = null;
    throw error;
  }
}

async function send(text: string, variables: object): Promise<Response> {
  const headers = {
    authorization: `Bearer ${await makToken()}`,
    'content-type': 'application/json',
  };
  return post(`${await makAddress()}/graphql`, { query: text, variables }, headers);
}

/** Asks MaK as the person who looks. Signs in again once when the session has ended. Throws a Problem. */
export async function askMak<T>({ text, data }: Operation<T>, variables: object): Promise<T> {
  let answer = await send(text, variables);
  if (answer.status === 401) {
    token = null;
    answer = await send(text, variables);
  }
  const read = z
    .object({ data: z.nullish(data), errors: z.optional(z.array(errorSchema)) })
    .safeParse(
      await answer
        .clone()
        .json()
        .catch(() => null),
    );
  if (!read.success) {
    if (!answer.ok) throw await refusalOf(answer);
    throw new Problem('unexpected_answer', 'MaK gave an answer that is not understood.');
  }
  const error = read.data.errors?.[0];
  if (error !== undefined) throw new Problem(error.extensions?.code ?? 'unknown', error.message);
  if (read.data.data == null) throw await refusalOf(answer);
  return read.data.data;
}
