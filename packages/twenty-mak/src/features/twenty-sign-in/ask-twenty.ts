import { z } from 'zod';
import type { OutboundAnswer, OutboundHttp } from '../../platform/outbound-http/index.ts';
import { textField, uuidField } from '../../platform/validation/index.ts';
import { emailField } from '../accounts/index.ts';

/** Milliseconds for the whole question; a person waits for the page. */
const TIMEOUT = 5_000;

const QUESTION = JSON.stringify({
  query: '{ currentUser { id email firstName lastName locale } currentWorkspace { id } }',
});

const answerSchema = z.object({
  data: z.object({
    currentUser: z.object({
      id: uuidField,
      email: emailField,
      firstName: z.string().nullish(),
      lastName: z.string().nullish(),
      locale: z.string().nullish(),
    }),
    currentWorkspace: z.object({ id: uuidField }),
  }),
});

const refusalSchema = z.object({ errors: z.array(z.unknown()).min(1) });

/** A person as twenty knows them. */
export interface TwentyUser {
  readonly id: string;
  /** In lower case; whether the person can read mail there is twenty's business. */
  readonly email: string;
  readonly name: string;
  /** E.g. `uk-UA`. */
  readonly locale: string | null;
}

export type TwentyWord =
  | { readonly kind: 'known'; readonly user: TwentyUser; readonly workspaceId: string }
  /** twenty does not take the token: forged, expired, revoked, or its person is gone. */
  | { readonly kind: 'refused' }
  | { readonly kind: 'silent'; readonly reason: string };

/** Asks the twenty at a stored address whose token this is. Never rejects. */
export async function askTwenty(
  http: OutboundHttp,
  address: string,
  token: string,
): Promise<TwentyWord> {
  const answer = await http.ask({
    system: 'twenty',
    url: `${address}/metadata`,
    headers: {
      authorization: `Bearer ${token}`,
      'content-type': 'application/json',
      accept: 'application/json',
    },
    body: QUESTION,
    timeout: TIMEOUT,
  });
  return wordOf(answer);
}

function wordOf(answer: OutboundAnswer): TwentyWord {
  if (answer.kind === 'failed') return { kind: 'silent', reason: answer.reason };
  if (answer.status === 401 || answer.status === 403) return { kind: 'refused' };
  if (answer.status !== 200) {
    return { kind: 'silent', reason: `It answered with the status ${answer.status}.` };
  }
  const body = parseJson(answer.body);
  const { data } = answerSchema.safeParse(body);
  if (data === undefined) {
    // GraphQL says with 200 also what it refuses.
    if (refusalSchema.safeParse(body).success) return { kind: 'refused' };
    return { kind: 'silent', reason: 'Its answer is not that of a twenty.' };
  }
  const { currentUser, currentWorkspace } = data.data;
  const { id, email, firstName, lastName, locale = null } = currentUser;
  const name = textField(200).safeParse(`${firstName ?? ''} ${lastName ?? ''}`).data;
  return {
    kind: 'known',
    user: { id, email, name: name ?? email.replace(/@.*/, ''), locale },
    workspaceId: currentWorkspace.id,
  };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
