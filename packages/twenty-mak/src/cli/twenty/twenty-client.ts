import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { CliError } from '../local/cli-error.ts';
import type { Door } from './options.ts';

/** What is wrong with an app, by kind of its parts. */
const invalidSchema = z.record(
  z.string(),
  z.array(
    z.object({
      errors: z.array(z.object({ message: z.string() })),
      flatEntityMinimalInformation: z.object({ name: z.string().optional() }).optional(),
    }),
  ),
);
const errorSchema = z.object({
  message: z.string(),
  extensions: z
    .object({
      code: z.string().optional(),
      subCode: z.string().optional(),
      errors: invalidSchema.optional().catch(undefined),
    })
    .optional(),
});
const answerSchema = z.object({
  data: z.unknown().optional(),
  errors: z.array(errorSchema).optional(),
});

/** A schema of a migration takes minutes on a large workspace. */
const TIMEOUT_MS = 300_000;
/** twenty's limit counts by the minute; its answers do not say how long to wait. */
const PAUSE_MS = 10_000;
const PAUSES = 12;

/** twenty understood the request and said no. */
export class TwentyRefusal extends Error {
  override readonly name = 'TwentyRefusal';
  /** Codes of twenty, from the general to the particular one. */
  readonly codes: readonly string[];

  constructor(message: string, codes: readonly string[]) {
    super(message);
    this.codes = codes;
  }
}

/** Requests to a twenty with an API key. The key appears in no message. */
export class TwentyClient {
  readonly address: string;
  private readonly key: string;
  private readonly paused: () => void;

  /** `paused` hears of it when the limit of twenty is reached and it takes longer. */
  constructor({ address, key }: Door, paused: () => void = () => undefined) {
    this.address = address;
    this.key = key;
    this.paused = paused;
  }

  /** GraphQL of settings and apps. Throws CliError, and TwentyRefusal for what the caller may know better. */
  async metadata<T>(query: string, variables: object, schema: z.ZodType<T>): Promise<T> {
    return schema.parse(await this.post('/metadata', JSON.stringify({ query, variables })));
  }

  /** GraphQL of records. */
  async records<T>(query: string, variables: object, schema: z.ZodType<T>): Promise<T> {
    return schema.parse(await this.post('/graphql', JSON.stringify({ query, variables })));
  }

  /** A mutation with `$file`, as multipart request of GraphQL. */
  async upload<T>(
    query: string,
    variables: object,
    file: { readonly name: string; readonly content: Uint8Array<ArrayBuffer> },
    schema: z.ZodType<T>,
  ): Promise<T> {
    const form = new FormData();
    form.append('operations', JSON.stringify({ query, variables: { ...variables, file: null } }));
    form.append('map', JSON.stringify({ '0': ['variables.file'] }));
    form.append('0', new Blob([file.content]), file.name);
    return schema.parse(await this.post('/metadata', form));
  }

  private async post(path: string, body: string | FormData): Promise<unknown> {
    for (let pauses = 0; ; pauses += 1) {
      const { status, text } = await this.send(path, body);
      const limited = status === 429 || /LIMIT_REACHED|Limit reached/.test(text.slice(0, 1_000));
      if (!limited) return this.dataOf(status, text);
      if (pauses === PAUSES) {
        throw new CliError(
          `${this.address} takes no more requests: its limit is reached for minutes.`,
          'Try again later, or raise API_RATE_LIMITING_LONG_LIMIT of twenty.',
        );
      }
      this.paused();
      await sleep(PAUSE_MS);
    }
  }

  private async send(path: string, body: string | FormData) {
    const headers = {
      authorization: `Bearer ${this.key}`,
      accept: 'application/json',
      ...(typeof body === 'string' ? { 'content-type': 'application/json' } : {}),
    };
    const signal = AbortSignal.timeout(TIMEOUT_MS);
    try {
      const request = { method: 'POST', headers, body, signal, redirect: 'manual' } as const;
      const answer = await fetch(`${this.address}${path}`, request);
      return { status: answer.status, text: await answer.text() };
    } catch (error) {
      throw new CliError(
        `${this.address} does not answer: ${reasonOf(error)}`,
        'Check --url, and that twenty is running.',
      );
    }
  }

  private dataOf(status: number, text: string): unknown {
    const read = answerSchema.safeParse(parseJson(text));
    if (status === 404 || !read.success) {
      throw new CliError(
        `${this.address} does not answer as a twenty does (status ${status}).`,
        'Check --url: it is the address at which you open twenty in the browser.',
      );
    }
    const [error] = read.data.errors ?? [];
    if (error === undefined) return read.data.data;
    const { code = '', subCode = '', errors = {} } = error.extensions ?? {};
    const details = Object.values(errors)
      .flat()
      .map(({ errors: [first], flatEntityMinimalInformation: part }) =>
        [part?.name, first?.message].filter(Boolean).join(': '),
      );
    throw objectionOf(this.address, [error.message, ...details].join(' '), [code, subCode]);
  }
}

function objectionOf(address: string, message: string, codes: readonly string[]): Error {
  if (codes.includes('UNAUTHENTICATED')) {
    return new CliError(
      `${address} does not know the API key.`,
      'Make one in twenty under Settings, API & Webhooks, in the workspace that you mean.',
    );
  }
  if (codes.includes('FORBIDDEN') || codes.includes('PERMISSION_DENIED')) {
    return new CliError(
      `The API key may not do this in twenty: ${message}`,
      'Give the key the role Admin, in twenty under Settings, API & Webhooks.',
    );
  }
  if (
    codes.some((code) => /VERSION_INCOMPATIBLE|SERVER_VERSION/.test(code)) ||
    /^(Cannot query field|Unknown argument|Unknown type)/.test(message)
  ) {
    return new CliError(
      `This twenty is too old for the app: ${message}`,
      'Upgrade twenty to 2.21 or newer.',
    );
  }
  return new TwentyRefusal(message, codes.filter(Boolean));
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? error.cause.message || error.message : error.message;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
