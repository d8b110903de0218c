import { z } from 'zod';
import { CliError, messageOf } from '../../local/cli-error.ts';
import { TwentyClient } from '../twenty-client.ts';
import type { Login } from './options.ts';

const TIMEOUT_MS = 30_000;

/** A member who has signed in to twenty with a password. Throws a CliError. */
export async function signedIn(
  address: string,
  /** Where people open the workspace: twenty knows it by that. */
  origin: string,
  { email, password }: Login,
): Promise<TwentyClient> {
  const ask = async <T>(query: string, variables: object, schema: z.ZodType<T>): Promise<T> => {
    const answer = await fetch(`${address}/metadata`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query, variables: { ...variables, origin } }),
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    return z.object({ data: schema }).parse(await answer.json()).data;
  };
  try {
    const { login } = await ask(
      `mutation Login($email: String!, $password: String!, $origin: String!) {
         login: getLoginTokenFromCredentials(email: $email, password: $password, origin: $origin) { loginToken { token } } }`,
      { email, password },
      z.object({ login: z.object({ loginToken: z.object({ token: z.string() }) }) }),
    );
    const { auth } = await ask(
      `mutation Tokens($token: String!, $origin: String!) {
         auth: getAuthTokensFromLoginToken(loginToken: $token, origin: $origin) {
           tokens { accessOrWorkspaceAgnosticToken { token } } } }`,
      { token: login.loginToken.token },
      z.object({
        auth: z.object({
          tokens: z.object({ accessOrWorkspaceAgnosticToken: z.object({ token: z.string() }) }),
        }),
      }),
    );
    return new TwentyClient({ address, key: auth.tokens.accessOrWorkspaceAgnosticToken.token });
  } catch (error) {
    throw new CliError(
      `twenty does not sign ${email} in.`,
      'Check --login: a member of this workspace, with a password and without a second factor.',
      { cause: messageOf(error) },
    );
  }
}
