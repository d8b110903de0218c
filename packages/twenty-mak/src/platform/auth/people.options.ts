import type { BetterAuthOptions } from 'better-auth';
import { bearer } from 'better-auth/plugins/bearer';
import { twoFactor } from 'better-auth/plugins/two-factor';
import type { Pool } from 'pg';
import type { Config } from '../config/config.ts';
import type { HiddenFailure } from './hidden-failure.ts';

export const PASSWORD_LENGTH = { min: 12, max: 128 } as const;

const DAY = 86_400;

/** Where better-auth is mounted. */
export const AUTH_PATH = '/v1/auth';

type PeopleConfig = Pick<Config, 'BETTER_AUTH_SECRET' | 'PUBLIC_URL'>;

/** What happens around a forgotten password. */
export interface ForgottenPassword {
  /** Sends the link to a person, as part of `request`. */
  send(
    person: { id: string; email: string; name: string },
    token: string,
    request: Request | undefined,
  ): Promise<void>;
  /** Ends what better-auth does not know of. */
  done(personId: string): Promise<void>;
}

/**
 * Settings of better-auth. `pool` must look into the schema `auth` first.
 * Nobody signs up: accounts are made by the operator or by accepting an invitation of a tenant's admin.
 */
export function peopleOptions(
  config: PeopleConfig,
  pool: Pool,
  forgotten?: ForgottenPassword,
  failure?: HiddenFailure,
) {
  return {
    appName: 'MaK',
    database: pool,
    secret: config.BETTER_AUTH_SECRET,
    baseURL: config.PUBLIC_URL,
    basePath: AUTH_PATH,
    trustedOrigins: [new URL(config.PUBLIC_URL).origin],
    telemetry: { enabled: false },
    logger: failure === undefined ? { disabled: true } : { level: 'error', log: failure.log },
    // What is no refusal reaches our own filter, which tells outages from defects.
    onAPIError: { throw: true },
    emailAndPassword: {
      enabled: true,
      disableSignUp: true,
      minPasswordLength: PASSWORD_LENGTH.min,
      maxPasswordLength: PASSWORD_LENGTH.max,
      revokeSessionsOnPasswordReset: true,
      resetPasswordTokenExpiresIn: 3_600,
      ...(forgotten === undefined
        ? {}
        : {
            sendResetPassword: ({ user, token }, request) => forgotten.send(user, token, request),
            onPasswordReset: ({ user }) => forgotten.done(user.id),
          }),
    },
    session: { expiresIn: 14 * DAY, updateAge: DAY, cookieCache: { enabled: false } },
    // Ours counts by address and e-mail, and in all processes together.
    rateLimit: { enabled: false },
    advanced: { cookiePrefix: 'mak' },
    plugins: [bearer({ requireSignature: true }), twoFactor({ issuer: 'MaK' })],
  } satisfies BetterAuthOptions;
}
