import { z } from 'zod';
import type { OutboundAnswer, OutboundHttp } from '../../platform/outbound-http/index.ts';
import type { Budget } from '../../platform/rate-limit/index.ts';
import type { WriteRefusal } from '../../platform/records/index.ts';
import { RemoteFailure, takeTurn, waitOf } from '../sync/index.ts';
import type { Lane, Turns } from '../sync/index.ts';
import { leftBy } from './pace.ts';

/** Where a workspace of twenty is, and how often it may be asked. */
export interface TwentyAccess {
  /** Origin, e.g. https://crm.example.com. */
  readonly address: string;
  readonly apiKey: string;
  /** Names the bucket that all processes share. */
  readonly bucket: string;
  readonly budget: Budget;
  readonly lane: Lane;
}

/** What twenty answered, or why it does not take what was sent. */
export type TwentyAnswer =
  | { readonly kind: 'data'; readonly data: unknown }
  | { readonly kind: 'refused'; readonly refusal: WriteRefusal };

/** `graphql` holds records and counts against the limit of the workspace; `metadata` does neither. */
export type TwentyApi = 'graphql' | 'metadata';

/** Milliseconds. */
const TIMEOUT = 20_000;
/** 200 records with all they are asked for, and texts that people may have made long. */
const MAX_ANSWER = 16 * 1024 * 1024;

export const APP_MISSING = 'The MaK app in this workspace does not fit; install it again.';

const errorSchema = z.object({
  message: z.string(),
  extensions: z.object({ code: z.string().optional(), subCode: z.string().optional() }).default({}),
});
const answerSchema = z.object({
  data: z.unknown().optional(),
  errors: z.array(errorSchema).min(1).optional(),
});
type TwentyError = z.output<typeof errorSchema>;

/** The way to one workspace of twenty, for all processes at the pace that it allows. */
export class TwentyClient {
  constructor(
    private readonly http: Pick<OutboundHttp, 'ask'>,
    private readonly limiter: Pick<Turns, 'take'>,
    private readonly access: TwentyAccess,
  ) {}

  /** Rejects with a `RemoteFailure` when there is no answer, or none that says anything of what was sent. */
  async ask(api: TwentyApi, query: string, variables: object): Promise<TwentyAnswer> {
    const { address, apiKey, bucket, budget, lane } = this.access;
    if (api === 'graphql')
      await takeTurn(this.limiter, bucket, { ...budget, leaves: leftBy(lane, budget) });
    const answer = await this.http.ask({
      system: 'twenty',
      url: `${address}/${api}`,
      headers: {
        authorization: `Bearer ${apiKey}`,
        'content-type': 'application/json',
        accept: 'application/json',
      },
      body: JSON.stringify({ query, variables }),
      timeout: TIMEOUT,
      maxAnswer: MAX_ANSWER,
    });
    return readAnswer(answer);
  }
}

function readAnswer(answer: OutboundAnswer): TwentyAnswer {
  if (answer.kind === 'failed') {
    const kind = answer.code === 'address_not_allowed' ? 'blocked' : 'unavailable';
    throw new RemoteFailure(kind, answer.reason);
  }
  const { status, body, retryAfter } = answer;
  if (status === 429)
    throw new RemoteFailure('rate_limited', 'twenty asks to wait.', waitOf(retryAfter));
  if (status === 401 || status === 403) throw blocked(`It answered with the status ${status}.`);
  const { data: parsed } = answerSchema.safeParse(parseJson(body));
  if (parsed === undefined)
    throw new RemoteFailure(
      'unavailable',
      `What answers with the status ${status} is not a twenty.`,
      waitOf(retryAfter),
    );
  const [error] = parsed.errors ?? [];
  if (error !== undefined) return refusalOf(error);
  return { kind: 'data', data: parsed.data };
}

/** twenty says with status 200 also that it is asked too often, or by whom it does not know. */
function refusalOf({ message, extensions: { code, subCode } }: TwentyError): TwentyAnswer {
  if (subCode === 'LIMIT_REACHED')
    throw new RemoteFailure('rate_limited', message, waitForLimit(message));
  // The app is missing or too old, and no repetition changes that.
  if (/^Cannot query field|doesn't have any "\w+" field/.test(message))
    throw new RemoteFailure('blocked', `${APP_MISSING} twenty says: ${message}`);
  switch (code) {
    case 'UNAUTHENTICATED':
    case 'FORBIDDEN':
      throw blocked(message);
    case 'BAD_USER_INPUT':
    case 'CONFLICT':
    case 'NOT_FOUND':
      return refused(message);
    default:
      // Said of a value that PostgreSQL does not take, in 2.21 as if it were an error of the server.
      if (message === 'Data validation error.') return refused(message);
      throw new RemoteFailure('unavailable', message);
  }
}

function refused(reason: string): TwentyAnswer {
  return { kind: 'refused', refusal: { code: 'refused_by_twenty', reason, field: null } };
}

function blocked(message: string): RemoteFailure {
  return new RemoteFailure(
    'blocked',
    `twenty does not accept the API key; give it a new one with the role of an admin. twenty says: ${message}`,
  );
}

/** `Limit reached (100 tokens per 60000 ms)`: a tenth of the window, so that some tokens are there again. */
function waitForLimit(message: string): number | null {
  const window = /per (\d+) ms/.exec(message)?.[1];
  return window === undefined ? null : Math.ceil(Number(window) / 10);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
