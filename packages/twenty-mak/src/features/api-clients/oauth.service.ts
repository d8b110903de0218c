import { Inject, Injectable } from '@nestjs/common';
import { accept, refuse } from 'twenty-mak-domain';
import type { Decision } from 'twenty-mak-domain';
import { ACCESS_TOKEN_SECONDS, ClientCredentials } from '../../platform/auth/index.ts';
import type { Scope } from '../../platform/auth/index.ts';
import { tokenRequestSchema } from './oauth.dto.ts';
import type { Token, TokenRequest } from './oauth.dto.ts';

interface Credentials {
  readonly id: string;
  readonly secret: string;
}

/** The client credentials grant of OAuth 2.0. Refusals carry the error codes of RFC 6749, 5.2. */
@Injectable()
export class OauthService {
  constructor(@Inject(ClientCredentials) private readonly clients: ClientCredentials) {}

  /** `authorization` is the header of that name, `body` the parsed form or JSON. */
  async token(authorization: string | undefined, body: unknown): Promise<Decision<Token>> {
    const parsed = tokenRequestSchema.safeParse(body);
    if (!parsed.success) {
      const field = parsed.error.issues[0]?.path.join('.') || 'the body';
      return refuse('invalid_request', `Send grant_type once and as text; ${field} is wrong.`);
    }
    const credentials = readCredentials(authorization, parsed.data);
    if (!credentials.ok) return credentials;
    const { id, secret } = credentials.value;
    const client = await this.clients.oauthClient(id, secret);
    if (client === undefined) {
      return refuse('invalid_client', 'There is no client with this id and secret.');
    }
    if (parsed.data.grant_type !== 'client_credentials') {
      return refuse('unsupported_grant_type', 'Only client_credentials is supported.');
    }
    const scopes = chooseScopes(parsed.data.scope, client.scopes);
    if (!scopes.ok) return scopes;
    return accept({
      access_token: client.sell(scopes.value),
      token_type: 'Bearer',
      expires_in: ACCESS_TOKEN_SECONDS,
      scope: scopes.value.join(' '),
    });
  }
}

function readCredentials(
  authorization: string | undefined,
  { client_id: id, client_secret: secret }: TokenRequest,
): Decision<Credentials> {
  const basic = readBasic(authorization);
  const inBody = id !== undefined && secret !== undefined ? { id, secret } : undefined;
  if (basic !== undefined && secret !== undefined) {
    return refuse('invalid_request', 'Send the secret either by HTTP Basic or in the body.');
  }
  const found = basic ?? inBody;
  return found === undefined
    ? refuse(
        'invalid_client',
        'Send the id and secret of the client, by HTTP Basic or in the body.',
      )
    : accept(found);
}

/** HTTP Basic as RFC 6749, 2.3.1 wants it: id and secret are form-encoded first. */
function readBasic(authorization: string | undefined): Credentials | undefined {
  const encoded = /^Basic ([\w+/=-]+)$/i.exec(authorization ?? '')?.[1];
  if (encoded === undefined) return undefined;
  const text = Buffer.from(encoded, 'base64').toString();
  const colon = text.indexOf(':');
  const decode = (part: string): string => {
    try {
      return decodeURIComponent(part.replaceAll('+', ' '));
    } catch {
      return part;
    }
  };
  return { id: decode(text.slice(0, Math.max(colon, 0))), secret: decode(text.slice(colon + 1)) };
}

function chooseScopes(
  asked: string | undefined,
  held: readonly Scope[],
): Decision<readonly Scope[]> {
  const names = (asked ?? '').split(' ').filter((name) => name !== '');
  if (names.length === 0) return accept(held);
  const excess = names.find((name) => !held.some((scope) => scope === name));
  return excess === undefined
    ? accept(held.filter((scope) => names.includes(scope)))
    : refuse('invalid_scope', `The client does not have the scope ${excess}.`);
}
