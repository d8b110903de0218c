import { z } from 'zod';
import { CliError } from '../local/cli-error.ts';
import type { Door } from './options.ts';

const problemSchema = z.object({
  title: z.string(),
  code: z.string(),
  field: z.string().optional(),
});
const TIMEOUT_MS = 30_000;

/** MaK understood the request and said no. */
export class MakRefusal extends Error {
  override readonly name = 'MakRefusal';
  readonly code: string;

  constructor(message: string, code: string) {
    super(message);
    this.code = code;
  }
}

interface Request {
  readonly method?: 'GET' | 'POST' | 'PUT' | 'DELETE';
  readonly body?: object;
  /** Instead of the key of the command. */
  readonly token?: string;
}

/** Requests to MaK with the key of an admin. The key appears in no message. */
export class MakClient {
  readonly address: string;
  private readonly key: string;

  constructor({ address, key }: Door) {
    this.address = address;
    this.key = key;
  }

  /** Throws CliError, and MakRefusal for what the caller may know better. */
  async call<T>(
    path: string,
    schema: z.ZodType<T>,
    { method = 'GET', body, token = this.key }: Request = {},
  ): Promise<T> {
    const headers = {
      authorization: `Bearer ${token}`,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    };
    let status: number;
    let answer: unknown;
    try {
      const response = await fetch(`${this.address}${path}`, {
        method,
        headers,
        body: body === undefined ? null : JSON.stringify(body),
        signal: AbortSignal.timeout(TIMEOUT_MS),
        redirect: 'manual',
      });
      status = response.status;
      answer = await response.json().catch(() => null);
    } catch (error) {
      const reason = error instanceof Error ? (error.cause ?? error) : error;
      throw new CliError(
        `${this.address} does not answer: ${reason instanceof Error ? reason.message : 'no reason'}`,
        'Check --mak-url, and that MaK is running.',
      );
    }
    if (status >= 200 && status < 300) {
      const read = schema.safeParse(answer);
      if (read.success) return read.data;
    }
    const problem = problemSchema.safeParse(answer);
    if (!problem.success) {
      throw new CliError(
        `${this.address} does not answer as MaK does (status ${status}).`,
        'Check --mak-url: it is the address at which you open MaK in the browser.',
      );
    }
    const { title, code } = problem.data;
    if (code === 'unauthenticated')
      throw new CliError(
        `${this.address} does not know the API key.`,
        'Make one in MaK under Settings, API keys.',
      );
    throw new MakRefusal(title, code);
  }
}
