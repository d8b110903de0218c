import { Inject, Injectable } from '@nestjs/common';
import type { OnApplicationShutdown } from '@nestjs/common';
import { betterAuth } from 'better-auth';
import pg from 'pg';
import { v7 as uuidv7 } from 'uuid';
import { CONFIG } from '../config/config.module.ts';
import type { Config } from '../config/config.ts';
import { Database } from '../database/index.ts';
import type { Transaction } from '../database/index.ts';
import { Letters } from '../mail/index.ts';
import { EmbeddedSessions } from './embedded-sessions.ts';
import { HiddenFailure } from './hidden-failure.ts';
import { peopleOptions } from './people.options.ts';
import type { ForgottenPassword } from './people.options.ts';

/** A person who is signed in, in no tenant yet. */
export interface SignedInUser {
  readonly id: string;
  readonly email: string;
  readonly name: string;
  /** Whether signing in asks for a one-time code. */
  readonly totp: boolean;
}

/** People, their passwords, second factors and sessions: better-auth over the schema `auth`. */
@Injectable()
export class People implements OnApplicationShutdown {
  private readonly pool: pg.Pool;
  private readonly auth: ReturnType<typeof createAuth>;
  private readonly failure = new HiddenFailure();

  /** better-auth goes on when a letter could not be written; its request may not. */
  private readonly unwritten = new WeakMap<Request, unknown>();

  constructor(
    @Inject(CONFIG) config: Config,
    @Inject(Database) private readonly database: Database,
    @Inject(Letters) private readonly letters: Letters,
    @Inject(EmbeddedSessions) private readonly embedded: EmbeddedSessions,
  ) {
    this.pool = new pg.Pool({
      connectionString: config.PG_APP_URL,
      options: '-c search_path=auth',
      max: 4,
      connectionTimeoutMillis: 10_000,
    });
    this.pool.on('error', () => undefined);
    // One that is lost while better-auth has it, between two statements, is nobody's to hear of: the next statement fails.
    this.pool.on('connect', (client) => client.on('error', () => undefined));
    this.auth = createAuth(config, this.pool, this.forgotten, this.failure);
  }

  /** Answers a request under /v1/auth: sign-in, sign-out, password, second factor. */
  async answer(request: Request): Promise<Response> {
    const answer = await this.auth.handler(request);
    if (this.unwritten.has(request)) throw this.unwritten.get(request);
    return answer;
  }

  /** Whose session this is, by bearer token or cookie. Never believed from memory: what ended has ended. */
  async signedIn(headers: Headers): Promise<SignedInUser | undefined> {
    const found = await this.failure.reveal(() =>
      this.auth.api.getSession({ headers, query: { disableRefresh: true } }),
    );
    if (found === null) return undefined;
    const { id, email, name, twoFactorEnabled } = found.user;
    return { id, email, name, totp: twoFactorEnabled === true };
  }

  /** Lets a browser's session begin anew if it is older than a day. Gives the cookies that tell the browser. */
  async prolong(cookie: string): Promise<string[]> {
    const headers = new Headers({ cookie });
    const answer = await this.failure.reveal(() =>
      this.auth.api.getSession({ headers, returnHeaders: true }),
    );
    return answer.headers.getSetCookie();
  }

  async findUser(transaction: Transaction, email: string): Promise<string | undefined> {
    const [row] = await transaction.query<{ id: string }>(
      'SELECT id FROM auth."user" WHERE email = $1',
      [email],
    );
    return row?.id;
  }

  /** Whether signing in asks this person for a one-time code. */
  async hasTotp(transaction: Transaction, userId: string): Promise<boolean> {
    const [row] = await transaction.query<{ totp: boolean | null }>(
      'SELECT "twoFactorEnabled" AS totp FROM auth."user" WHERE id = $1',
      [userId],
    );
    return row?.totp === true;
  }

  /** Adds a person with a password. Undefined when there is one with this e-mail already. `email` is in lower case. */
  async addUser(
    transaction: Transaction,
    { email, name, password }: { email: string; name: string; password: string },
  ): Promise<string | undefined> {
    const context = await this.auth.$context;
    const hash = await context.password.hash(password);
    const id = uuidv7();
    const added = await transaction.execute(
      `INSERT INTO auth."user" (id, name, email, "emailVerified") VALUES ($1, $2, $3, false)
       ON CONFLICT (email) DO NOTHING`,
      [id, name, email],
    );
    if (added === 0) return undefined;
    await transaction.execute(
      `INSERT INTO auth.account (id, "accountId", "providerId", "userId", password, "updatedAt")
       VALUES ($1, $2, 'credential', $2, $3, now())`,
      [uuidv7(), id, hash],
    );
    return id;
  }

  /** Signs a person out everywhere. */
  async endSessions(transaction: Transaction, userId: string): Promise<void> {
    await transaction.execute('DELETE FROM auth.session WHERE "userId" = $1', [userId]);
  }

  private readonly forgotten: ForgottenPassword = {
    send: async ({ id, email, name }, token, request) => {
      try {
        const locale = await this.localeOf(id);
        if (locale === undefined) return;
        const letter = { kind: 'password_reset', to: email, name, locale, token } as const;
        await this.database.within({}, (transaction) => this.letters.write(transaction, letter));
      } catch (error) {
        if (request !== undefined) this.unwritten.set(request, error);
      }
    },
    done: (id) => this.embedded.endAllOf(id),
  };

  /** Language of a person's oldest active account. Undefined for a person who has none. */
  private async localeOf(userId: string): Promise<'en' | 'ru' | 'uk' | undefined> {
    const [row] = await this.database.within({ userId }, (transaction) =>
      transaction.query<{ locale: 'en' | 'ru' | 'uk' }>(
        "SELECT locale FROM account WHERE user_id = $1 AND status = 'active' ORDER BY created_at LIMIT 1",
        [userId],
      ),
    );
    return row?.locale;
  }

  async onApplicationShutdown(): Promise<void> {
    await this.pool.end();
  }
}

function createAuth(
  config: Config,
  pool: pg.Pool,
  forgotten: ForgottenPassword,
  failure: HiddenFailure,
) {
  return betterAuth(peopleOptions(config, pool, forgotten, failure));
}
