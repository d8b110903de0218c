import { z } from 'zod';
import type { OutboundAnswer, OutboundHttp } from '../../platform/outbound-http/index.ts';
import type { Budget } from '../../platform/rate-limit/index.ts';
import type { WriteRefusal } from '../../platform/records/index.ts';
import { HIDDEN, RemoteFailure, takeTurn, waitOf } from '../sync/index.ts';
import type { Lane, Turns } from '../sync/index.ts';
import { leftBy } from './pace.ts';

/** Where an account of KeyCRM is, and how often it may be asked. */
export interface KeyCrmAccess {
  /** With the version, e.g. https://openapi.keycrm.app/v1. */
  readonly address: string;
  readonly apiKey: string;
  /** Names the bucket that all processes share. */
  readonly bucket: string;
  readonly budget: Budget;
  readonly lane: Lane;
}

export interface KeyCrmQuestion {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** Without the version, e.g. `/order/23196`. */
  readonly path: string;
  /** `include`, `filter[status_id]` and the like. */
  readonly query?: Readonly<Record<string, string | number>>;
  readonly body?: object;
}

/** What KeyCRM answered, or why it does not take what was sent. */
export type KeyCrmAnswer =
  | { readonly kind: 'data'; readonly data: unknown }
  /** There is no such record. */
  | { readonly kind: 'missing' }
  | { readonly kind: 'refused'; readonly refusal: WriteRefusal };

/** Milliseconds. */
const TIMEOUT = 30_000;
/** 50 orders with all that they are asked for. */
const MAX_ANSWER = 16 * 1024 * 1024;

/** Its forms of an error; which call answers with which is not documented. */
const errorSchema = z.looseObject({
  message: z.string().optional(),
  error: z.string().optional(),
  errors: z
    .union([z.record(z.string(), z.array(z.string())), z.array(z.string())])
    .optional()
    .catch(undefined),
});

/** The way to one account of KeyCRM, for all processes at the pace that it allows. */
export class KeyCrmClient {
  private readonly http: Pick<OutboundHttp, 'ask'>;
  private readonly limiter: Pick<Turns, 'take'>;
  private readonly access: KeyCrmAccess;

  constructor(http: Pick<OutboundHttp, 'ask'>, limiter: Pick<Turns, 'take'>, access: KeyCrmAccess) {
    this.http = http;
    this.limiter = limiter;
    this.access = access;
  }

  /** Rejects with a `RemoteFailure` when there is no answer, or none that says anything of what was sent. */
  async ask({ method, path, query = {}, body }: KeyCrmQuestion): Promise<KeyCrmAnswer> {
    const { address, apiKey, bucket, budget, lane } = this.access;
    await takeTurn(this.limiter, bucket, { ...budget, leaves: leftBy(lane) });
    const asked = new URLSearchParams(
      Object.entries(query).map(([name, value]): [string, string] => [name, String(value)]),
    ).toString();
    const answer = await this.http.ask({
      system: 'keycrm',
      method,
      url: `${address}${path}${asked === '' ? '' : `?${asked}`}`,
      headers: {
        authorization: `Bearer ${apiKey}`,
        // Without it a refusal is a redirect to a page.
        accept: 'application/json',
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      body: body === undefined ? '' : JSON.stringify(body),
      timeout: TIMEOUT,
      maxAnswer: MAX_ANSWER,
    });
    const read = readAnswer(answer, path);
    if (read.kind !== 'refused') return read;
    const reason = harmlessReason(read.refusal, path, body);
    return { ...read, refusal: { ...read.refusal, reason } };
  }
}

/** What of a body says who somebody is, or was written by them. */
const PERSONAL: readonly string[] = ['full_name', 'email', 'phone', 'buyer_comment'];
/** A shorter text stands in words by chance. */
const SHORTEST = 3;
/** Digits of a telephone number without its country, and what may stand between them. */
const LOCAL = 9;
const BETWEEN = String.raw`[\s().-]*`;

/** Words of KeyCRM, which may repeat what it was sent: none about who buys, else without what is a person's. */
export function harmlessReason(
  { reason, field }: Pick<WriteRefusal, 'reason' | 'field'>,
  path: string,
  body: object | undefined,
): string {
  if (!path.startsWith('/buyer') && !/^(buyer|contact)\b/.test(field ?? ''))
    return withoutPeople(reason, body);
  return `KeyCRM does not take ${field === null ? 'these values' : `this ${field}`}.`;
}

function withoutPeople(words: string, body: object | undefined): string {
  return personalTexts(body, false)
    .filter((text) => text.length >= SHORTEST)
    .toSorted((one, other) => other.length - one.length)
    .reduce((left, text) => left.replaceAll(patternOf(text), HIDDEN), words);
}

/** A text with small or large letters; a number in any spelling, also without its country. */
function patternOf(text: string): RegExp {
  const digits = text.replaceAll(/\D/gu, '');
  const isNumber = digits.length >= LOCAL && /^[\d+\s().-]+$/u.test(text);
  const source = isNumber
    ? `\\+?\\d{0,4}${BETWEEN}${digits.slice(-LOCAL).split('').join(BETWEEN)}`
    : text.replaceAll(/[\\^$.*+?()[\]{}|/]/gu, String.raw`\$&`);
  return new RegExp(source, 'giu');
}

function personalTexts(value: unknown, isPersonal: boolean): readonly string[] {
  if (typeof value === 'string') return isPersonal ? [value] : [];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, inside]) =>
    personalTexts(inside, isPersonal || PERSONAL.includes(name)),
  );
}

/** What an answer means. Throws a `RemoteFailure` for one that says nothing of what was sent. */
export function readAnswer(answer: OutboundAnswer, path: string): KeyCrmAnswer {
  if (answer.kind === 'failed') {
    const kind = answer.code === 'address_not_allowed' ? 'blocked' : 'unavailable';
    throw new RemoteFailure(kind, answer.reason);
  }
  const { status, body, retryAfter } = answer;
  if (status === 204) return { kind: 'data', data: null };
  if (status === 429)
    throw new RemoteFailure('rate_limited', 'KeyCRM asks to wait.', waitOf(retryAfter));
  if (status >= 500)
    throw new RemoteFailure(
      'unavailable',
      `KeyCRM answered with the status ${status}.`,
      waitOf(retryAfter),
    );
  if (status === 401) throw blocked(status);
  const data = parseJson(body);
  // Also behind a status of success: a login page, or one of something in between.
  if (typeof data !== 'object' || data === null || (status >= 300 && status < 400))
    throw new RemoteFailure(
      'unavailable',
      `What answers with the status ${status} is not the API of KeyCRM.`,
    );
  if (status < 300) return { kind: 'data', data };
  if (status === 404) return { kind: 'missing' };
  if (status === 400 && path.startsWith('/pipelines') && areLeadsOff(data))
    throw new RemoteFailure('absent', LEADS_OFF, ABSENCE);
  // Only for cards this status speaks of what was sent.
  if (status === 403 && !path.startsWith('/pipelines')) throw blocked(status);
  return { kind: 'refused', refusal: refusalOf(status, data) };
}

/** What an account without funnels answers to whatever is asked of them. */
const LEADS_OFF =
  'Leads are not enabled in KeyCRM. Switch them on there, or choose no funnel in the settings of this connector.';
/** After so many milliseconds it is looked again whether records are there that the account does not have. */
export const ABSENCE = 300_000;

function areLeadsOff(data: object): boolean {
  const { message, error } = errorSchema.safeParse(data).data ?? {};
  return /not enabled/i.test(`${message ?? ''} ${error ?? ''}`);
}

function refusalOf(status: number, data: object): WriteRefusal {
  const { message, error, errors } = errorSchema.safeParse(data).data ?? {};
  const named = errors === undefined || Array.isArray(errors) ? [] : Object.entries(errors);
  const [field, reasons] = named[0] ?? [null, Array.isArray(errors) ? errors : []];
  const words = [reasons[0], message, error].find((text) => text !== undefined && text !== '');
  const reason = words ?? `KeyCRM refused it with the status ${status}.`;
  return { code: 'refused_by_keycrm', reason, field };
}

function blocked(status: number): RemoteFailure {
  return new RemoteFailure(
    'blocked',
    `KeyCRM does not accept the API key, it answered with the status ${status}; give it a new one.`,
  );
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
