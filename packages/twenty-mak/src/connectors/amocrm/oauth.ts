import { z } from 'zod';
import type { OutboundHttp } from '../../platform/outbound-http/index.ts';
import { notAnswered, readAnswer, readAs } from './answers.ts';
import type { TokenPair } from './tokens.ts';

/** An integration as amoCRM knows it. */
export interface Integration {
  /** Origin of the account that it has access to. */
  readonly address: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly redirectUri: string;
}

export type Grant =
  | { readonly grant_type: 'authorization_code'; readonly code: string }
  | { readonly grant_type: 'refresh_token'; readonly refresh_token: string };

/** Milliseconds. */
const TIMEOUT = 20_000;

const pairSchema = z.object({
  access_token: z.string().min(1),
  refresh_token: z.string().min(1),
  expires_in: z.number().positive(),
});

/** Where an admin agrees to the integration; `portal` is e.g. https://www.amocrm.ru. */
export function consentAddress(portal: string, clientId: string, state: string): string {
  const url = new URL('/oauth', portal);
  url.searchParams.set('client_id', clientId);
  url.searchParams.set('state', state);
  return String(url);
}

/**
 * Gets a new pair of tokens, or why amoCRM gives none. `now` in milliseconds. Rejects with a `RemoteFailure` when there is no
 * answer: then nobody knows whether what was granted is used up.
 */
export async function askForTokens(
  http: Pick<OutboundHttp, 'ask'>,
  { address, clientId, clientSecret, redirectUri }: Integration,
  grant: Grant,
  now: () => number,
): Promise<TokenPair | { readonly refusal: string }> {
  const asked = now();
  const answer = await http.ask({
    system: 'amocrm',
    url: `${address}/oauth2/access_token`,
    headers: { 'content-type': 'application/json', accept: 'application/json' },
    body: JSON.stringify({
      client_id: clientId,
      client_secret: clientSecret,
      redirect_uri: redirectUri,
      ...grant,
    }),
    timeout: TIMEOUT,
  });
  if (answer.kind === 'failed') throw notAnswered(answer);
  if (answer.status === 401) return { refusal: 'The integration or its secret key is not known.' };
  const read = readAnswer(answer);
  if (read.kind === 'nothing') return { refusal: 'amoCRM knows nothing of this account.' };
  if (read.kind === 'refused') return { refusal: read.reason };
  const { access_token, refresh_token, expires_in } = readAs(pairSchema, read.data);
  return {
    accessToken: access_token,
    refreshToken: refresh_token,
    issuedAt: asked,
    // By our clock from before the question, so never later than by theirs.
    expiresAt: asked + expires_in * 1_000,
  };
}
