import { z } from 'zod';

const postgresUrl = z.string().regex(/^postgres(ql)?:\/\//, 'must be a postgres:// address');
const secret = z.string().min(32, 'must have at least 32 characters');

const bucketUrl = z.string().refine(isBucket, {
  error: 'must be the address of a bucket, e.g. https://s3.example.com/bucket',
});

const schema = z.object({
  NODE_ENV: z.enum(['development', 'test', 'production']).default('production'),
  /** `demo` allows the demo tenant with its known passwords; nothing else does. */
  MAK_MODE: z.enum(['demo', 'production']).default('production'),
  HOST: z.string().default('127.0.0.1'),
  /** Proxies whose word about the address of a client is believed: addresses, networks, or names of proxy-addr. */
  MAK_TRUSTED_PROXIES: z
    .string()
    .regex(/^[\w.:/]+(, ?[\w.:/]+)*$/, {
      error: 'must be addresses or networks with commas between',
    })
    .default('loopback'),
  PORT: z.coerce.number().int().min(0).max(65_535).default(3000),
  /** Where the worker answers its health and metrics. */
  WORKER_PORT: z.coerce.number().int().min(0).max(65_535).default(3001),
  PUBLIC_URL: z.url().default('http://127.0.0.1:3000'),
  /** Folder of the built web application, if it is not that of this checkout. */
  MAK_WEB_DIR: z.string().optional(),
  /** Mail server that letters go through, e.g. smtps://user:password@mail.example.com. */
  SMTP_URL: z
    .string()
    .regex(/^smtps?:\/\//, 'must be an smtp:// or smtps:// address')
    .refine((text) => URL.canParse(text), 'must be an address')
    .optional(),
  MAIL_FROM: z.string().min(3).default('MaK <mak@localhost>'),
  /** Folder that letters go into as files when there is no mail server. */
  MAK_MAIL_DIR: z.string().optional(),
  /** Folder of uploaded files, which api and worker share; with a bucket only of copies that are being read. */
  MAK_FILES_DIR: z.string().min(1).default('.mak/files'),
  /** Bucket of an S3-compatible storage that keeps uploaded files in place of the folder. */
  MAK_S3_URL: bucketUrl.optional(),
  MAK_S3_REGION: z.string().min(1).default('us-east-1'),
  MAK_S3_KEY_ID: z.string().optional(),
  MAK_S3_SECRET: z.string().optional(),
  /** Owner of the schema: migrations only. */
  PG_DATABASE_URL: postgresUrl.optional(),
  /** Role mak_app: row-level security holds for it. */
  PG_APP_URL: postgresUrl,
  /** Role mak_scan: sees tenant, id and due time, nothing else. */
  PG_SCAN_URL: postgresUrl,
  PG_POOL_SIZE: z.coerce.number().int().min(2).max(200).default(16),
  REDIS_URL: z.string().regex(/^rediss?:\/\//, 'must be a redis:// address'),
  MAK_SECRET_KEY: secret,
  MAK_OPERATOR_KEY: secret,
  BETTER_AUTH_SECRET: secret,
  /** Requests a second that an API key or OAuth client may send for long; twice as many in a burst. */
  MAK_RATE_PER_CLIENT: z.coerce.number().int().min(1).default(10_000),
  /** The same for a person. */
  MAK_RATE_PER_PERSON: z.coerce.number().int().min(1).default(100),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
  OTEL_EXPORTER_OTLP_ENDPOINT: z.url().optional(),
  /** Lets outgoing webhooks reach private addresses; for tests and closed networks only. */
  MAK_ALLOW_PRIVATE_WEBHOOKS: z.stringbool().default(false),
  /** How often a worker looks for waiting work by itself, in milliseconds. */
  MAK_POLL_INTERVAL_MS: z.coerce.number().int().min(10).max(60_000).default(1_000),
  /** Pause before the second attempt of a webhook, in milliseconds; it doubles with every attempt up to six hours. */
  MAK_WEBHOOK_RETRY_MS: z.coerce.number().int().min(1).max(3_600_000).default(5_000),
  /** Attempts before an event becomes a dead letter. */
  MAK_WEBHOOK_ATTEMPTS: z.coerce.number().int().min(1).max(50).default(12),
  /** How long the answer of a webhook's receiver is waited for, in milliseconds. */
  MAK_WEBHOOK_TIMEOUT_MS: z.coerce.number().int().min(10).max(60_000).default(10_000),
  /** Days after which read outbox rows and delivered webhooks are deleted. */
  MAK_OUTBOX_DAYS: z.coerce.number().min(0).max(3_650).default(7),
});

const checked = schema
  .refine((config) => isGiven(config.MAK_S3_URL) === isGiven(config.MAK_S3_KEY_ID), {
    path: ['MAK_S3_KEY_ID'],
    error: 'must be set together with MAK_S3_URL',
  })
  .refine((config) => isGiven(config.MAK_S3_URL) === isGiven(config.MAK_S3_SECRET), {
    path: ['MAK_S3_SECRET'],
    error: 'must be set together with MAK_S3_URL',
  });

export type Config = z.infer<typeof schema>;

function isGiven(text: string | undefined): boolean {
  return text !== undefined;
}

function isBucket(text: string): boolean {
  if (!/^https?:\/\//.test(text) || !URL.canParse(text)) return false;
  const { pathname, search, hash, username, password } = new URL(text);
  return /^\/[^/]*\/?$/.test(pathname) && search + hash + username + password === '';
}

/** Reads and checks the environment. Throws one error that names every variable at fault. */
export function readConfig(environment: Record<string, string | undefined> = process.env): Config {
  const present = Object.fromEntries(
    Object.entries(environment).filter(([, value]) => value !== undefined && value !== ''),
  );
  const parsed = checked.safeParse(present);
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map(
    (issue) => `  ${issue.path.join('.')}: ${issue.message}`,
  );
  throw new Error(
    `The configuration is incomplete or wrong:\n${problems.join('\n')}\nSee docs/operators.md for every variable.`,
  );
}
