import { randomBytes, randomUUID } from 'node:crypto';
import { z } from 'zod';
import { hal, problem } from './answers.ts';
import type { Answer, Refused } from './answers.ts';

export interface SimulatedIntegration {
  readonly clientId: string;
  readonly clientSecret: string;
  readonly redirectUri: string;
}

export interface OAuthOptions {
  readonly redirectUri?: string;
  /** Seconds. */
  readonly codeLife?: number;
  readonly accessLife?: number;
  readonly refreshLife?: number;
  /**
   * Whether the access token before a refresh ends with it. amoCRM does not say; unless told, it lives until it is too old.
   */
  readonly refreshEndsAccess?: boolean;
}

/** Who calls. */
export interface Caller {
  readonly integration: string;
  readonly userId: number;
}

interface AccessToken extends Caller {
  /** Seconds. */
  readonly expiresAt: number;
}

interface OneTime {
  readonly expiresAt: number;
  used: boolean;
  /** The access token that was given with it. */
  readonly access: string | null;
}

const MINUTE = 60;
const DAY = 86_400;

const asked = {
  client_id: z.string(),
  client_secret: z.string(),
  redirect_uri: z.string(),
};
const questionSchema = z.discriminatedUnion('grant_type', [
  z.object({ ...asked, grant_type: z.literal('authorization_code'), code: z.string() }),
  z.object({ ...asked, grant_type: z.literal('refresh_token'), refresh_token: z.string() }),
]);

/** Tokens of one integration in one account. */
export class SimulatedOAuth {
  readonly integration: SimulatedIntegration;
  private readonly options: Required<OAuthOptions>;
  private readonly userId: number;
  private readonly accountId: number;
  private readonly seconds: () => number;
  private readonly codes = new Map<string, OneTime>();
  private readonly refreshTokens = new Map<string, OneTime>();
  private readonly accessTokens = new Map<string, AccessToken>();

  /** `userId` gives the consent and is the author of what the integration writes. */
  constructor(
    owner: { readonly userId: number; readonly accountId: number },
    seconds: () => number,
    options: OAuthOptions = {},
  ) {
    this.userId = owner.userId;
    this.accountId = owner.accountId;
    this.seconds = seconds;
    this.options = {
      redirectUri: 'http://127.0.0.1:3000/settings/connectors/amocrm/settings',
      codeLife: 20 * MINUTE,
      accessLife: DAY,
      refreshLife: 90 * DAY,
      refreshEndsAccess: false,
      ...options,
    };
    this.integration = {
      clientId: randomUUID(),
      clientSecret: randomBytes(32).toString('hex'),
      redirectUri: this.options.redirectUri,
    };
  }

  /** A code as the redirect brings it once an admin has agreed. */
  authorize(): string {
    const code = `def502${randomBytes(24).toString('hex')}`;
    this.codes.set(code, {
      expiresAt: this.seconds() + this.options.codeLife,
      used: false,
      access: null,
    });
    return code;
  }

  /** A token of a private integration, for so many days. */
  longLived(days = 365): string {
    return this.access(this.seconds() + days * DAY);
  }

  /** All tokens end, as when somebody removes the integration. */
  revokeAll(): void {
    this.codes.clear();
    this.refreshTokens.clear();
    this.accessTokens.clear();
  }

  /** `POST /oauth2/access_token`. Throws what amoCRM answers to a question that it does not like. */
  token(question: unknown): Answer {
    const { data } = questionSchema.safeParse(question);
    if (data === undefined) throw wrong('Check the parameters');
    const { clientId, clientSecret, redirectUri } = this.integration;
    if (data.client_id !== clientId || data.client_secret !== clientSecret)
      throw wrong('Client authentication failed');
    if (data.redirect_uri !== redirectUri) throw wrong('Redirect URI does not match');
    const now = this.seconds();
    const given =
      data.grant_type === 'authorization_code'
        ? this.codes.get(data.code)
        : this.refreshTokens.get(data.refresh_token);
    if (given === undefined || given.used || given.expiresAt <= now)
      throw wrong(
        data.grant_type === 'authorization_code'
          ? 'Authorization code has expired'
          : 'Token has been revoked',
      );
    given.used = true;
    if (given.access !== null && this.options.refreshEndsAccess)
      this.accessTokens.delete(given.access);
    return this.pair(now);
  }

  /** Throws 401 for a token that is not known or too old. */
  callerOf(authorization: string | undefined): Caller {
    const token = this.accessTokens.get(authorization?.replace(/^Bearer /, '') ?? '');
    if (token !== undefined && token.expiresAt > this.seconds()) return token;
    throw problem(401, 'Unauthorized', {
      type: 'https://www.w3.org/Protocols/rfc2616/rfc2616-sec10.html',
    });
  }

  private pair(now: number): Answer {
    const { accessLife, refreshLife } = this.options;
    const access = this.access(now + accessLife);
    const refresh = `def502${randomBytes(40).toString('hex')}`;
    this.refreshTokens.set(refresh, { expiresAt: now + refreshLife, used: false, access });
    return hal({
      token_type: 'Bearer',
      expires_in: accessLife,
      server_time: now,
      access_token: access,
      refresh_token: refresh,
    });
  }

  private access(expiresAt: number): string {
    const now = this.seconds();
    const { userId, accountId } = this;
    const { clientId } = this.integration;
    const claims = {
      aud: clientId,
      jti: randomUUID(),
      iat: now,
      exp: expiresAt,
      sub: String(userId),
      account_id: accountId,
    };
    const token = [{ typ: 'JWT', alg: 'RS256' }, claims]
      .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
      .concat(randomBytes(32).toString('base64url'))
      .join('.');
    this.accessTokens.set(token, { integration: clientId, userId, expiresAt });
    return token;
  }
}

function wrong(hint: string): Refused {
  return problem(400, 'Bad Request', { hint });
}
