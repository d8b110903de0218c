import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { randomBytes } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createApplication } from '../../src/bootstrap.ts';
import type { ProcessRole } from '../../src/bootstrap.ts';
import { createDatabase } from './database.ts';
import type { TestDatabase } from './database.ts';
import { testRedisUrl } from './redis.ts';

export interface TestTenant {
  readonly id: string;
  readonly key: string;
  /** API key with every scope. */
  readonly apiKey: string;
}

export interface Answer<Body> {
  readonly status: number;
  readonly headers: Headers;
  /** Parsed if it is JSON, else the text. */
  readonly body: Body;
}

export interface CallOptions {
  readonly method?: string;
  /** Sent as JSON. */
  readonly body?: unknown;
  /** Bearer credential. */
  readonly key?: string;
  readonly headers?: Record<string, string>;
}

export interface TestApp {
  readonly app: NestFastifyApplication;
  readonly database: TestDatabase;
  /** Every route of the application, e.g. `GET /v1/deals/:id`. */
  readonly routes: readonly string[];
  /** Address without a slash at the end. */
  readonly url: string;
  readonly operatorKey: string;
  /** `Body` is what the test expects; nothing checks it. */
  call<Body = unknown>(path: string, options?: CallOptions): Promise<Answer<Body>>;
  /** A new tenant by the operator's route; `settings` are further members of its body. */
  createTenant(settings?: Record<string, unknown>): Promise<TestTenant>;
  close(): Promise<void>;
}

export interface StartOptions {
  readonly role?: ProcessRole;
  /** Shares the database of another application of the same test. */
  readonly database?: TestDatabase;
  readonly env?: Record<string, string>;
}

const OPERATOR_KEY = 'operator-key-of-the-tests-0123456789';

/** The real application on a port of its own, with a database of its own unless one is given. */
export async function startApp(options: StartOptions = {}): Promise<TestApp> {
  const database = options.database ?? (await createDatabase());
  Object.assign(process.env, {
    NODE_ENV: 'test',
    MAK_MODE: 'production',
    LOG_LEVEL: 'fatal',
    PG_APP_URL: database.appUrl,
    PG_SCAN_URL: database.scanUrl,
    REDIS_URL: testRedisUrl(),
    MAK_FILES_DIR: join(tmpdir(), 'mak-files-of-tests'),
    MAK_SECRET_KEY: 'secret-key-of-the-tests-0123456789abcdef',
    MAK_OPERATOR_KEY: OPERATOR_KEY,
    BETTER_AUTH_SECRET: 'better-auth-secret-of-the-tests-0123456789',
    MAK_ALLOW_PRIVATE_WEBHOOKS: 'true',
    ...options.env,
  });
  const app = await createApplication(options.role ?? 'api');
  const routes: string[] = [];
  app
    .getHttpAdapter()
    .getInstance()
    .addHook('onRoute', ({ method, url }) => {
      routes.push(...[method].flat().map((one) => `${one} ${url}`));
    });
  try {
    await app.listen({ host: '127.0.0.1', port: 0 });
  } catch (error) {
    // One that refuses to start would work on in this process.
    await app.close();
    throw error;
  }
  const url = (await app.getUrl()).replace('[::1]', '127.0.0.1').replace(/\/$/, '');

  const call = async <Body>(
    path: string,
    { method, body, key, headers }: CallOptions = {},
  ): Promise<Answer<Body>> => {
    const response = await fetch(`${url}${path}`, {
      method: method ?? (body === undefined ? 'GET' : 'POST'),
      headers: {
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(key === undefined ? {} : { authorization: `Bearer ${key}` }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    const json = /json/.test(response.headers.get('content-type') ?? '');
    return {
      status: response.status,
      headers: response.headers,
      body: (json && text !== '' ? JSON.parse(text) : text) as Body,
    };
  };

  return {
    app,
    database,
    routes,
    url,
    operatorKey: OPERATOR_KEY,
    call,
    createTenant: async (settings = {}) => {
      const key = `t-${randomBytes(5).toString('hex')}`;
      const answer = await call<{
        tenant: { id: string; key: string };
        api_key: { secret: string };
      }>('/v1/tenants', {
        key: OPERATOR_KEY,
        body: {
          key,
          name: `Tenant ${key}`,
          currency: 'EUR',
          time_zone: 'UTC',
          locale: 'en',
          ...settings,
        },
      });
      if (answer.status !== 201) throw new Error(`no tenant: ${JSON.stringify(answer.body)}`);
      return {
        id: answer.body.tenant.id,
        key: answer.body.tenant.key,
        apiKey: answer.body.api_key.secret,
      };
    },
    close: async () => {
      await app.close();
      if (options.database === undefined) await database.drop();
    },
  };
}
