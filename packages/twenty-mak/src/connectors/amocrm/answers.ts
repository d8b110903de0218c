import { z } from 'zod';
import type { OutboundAnswer } from '../../platform/outbound-http/index.ts';
import { RemoteFailure, waitOf } from '../sync/index.ts';

/** What is wrong with one row of what was sent. */
export interface RowRefusal {
  /** `request_id` of the row, or its place. */
  readonly row: string;
  readonly code: string;
  /** E.g. `custom_fields_values.0.field_id`. */
  readonly path: string;
  readonly reason: string;
}

/** What amoCRM answered, or why it does not take what was sent. */
export type AmocrmAnswer =
  | { readonly kind: 'data'; readonly data: unknown }
  /** An empty list, or a record that is not there. */
  | { readonly kind: 'nothing' }
  | { readonly kind: 'refused'; readonly reason: string; readonly rows: readonly RowRefusal[] };

const problemSchema = z.looseObject({
  status: z.number().optional(),
  title: z.string().optional(),
  detail: z.string().optional(),
  hint: z.string().optional(),
  'validation-errors': z
    .array(
      z.object({
        request_id: z.coerce.string(),
        errors: z.array(
          z.object({
            code: z.string().default(''),
            path: z.string().default(''),
            detail: z.string().default(''),
          }),
        ),
      }),
    )
    .optional(),
});

/**
 * Reads an answer, whatever it is. Throws a `RemoteFailure` when it says nothing of what was sent: `rate_limited` without a time,
 * `blocked` when only a person can help.
 */
export function readAnswer(answer: OutboundAnswer & { readonly kind: 'answered' }): AmocrmAnswer {
  const { status, body } = answer;
  const isGood = status >= 200 && status < 300;
  if (isGood && body.trim() === '') return { kind: 'nothing' };
  const parsed = parseJson(body);
  if (isGood) {
    if (parsed !== undefined) return { kind: 'data', data: parsed };
    throw new RemoteFailure('unavailable', `What answers with the status ${status} is no amoCRM.`);
  }
  const problem = problemSchema.safeParse(parsed).data;
  const said = problem?.hint ?? problem?.detail ?? problem?.title ?? '';
  switch (status) {
    case 404:
      // A proxy may say so too, and then the record may well be there.
      if (problem !== undefined) return { kind: 'nothing' };
      throw new RemoteFailure('unavailable', 'The address does not lead to an account of amoCRM.');
    case 400:
    case 405:
    case 409:
    case 422:
      if (problem === undefined) break;
      return { kind: 'refused', reason: said, rows: rowsOf(problem) };
    case 402:
      throw new NotGranted(`The subscription of the account has ended. ${said}`);
    case 403:
      if (problem === undefined) throw new RemoteFailure('blocked', SHUT);
      throw new NotGranted(
        `amoCRM forbids this: the user of the access lacks rights, or the address of this server is not allowed there. ${said}`,
      );
    case 429:
      throw new RemoteFailure('rate_limited', 'amoCRM asks to wait.');
    case 504:
      throw new TookTooLong();
    default:
  }
  throw new RemoteFailure(
    'unavailable',
    `amoCRM answered with the status ${status}. ${said}`,
    waitOf(answer.retryAfter),
  );
}

/** Said by the web server before amoCRM, which speaks no JSON: then it is the whole account that is shut. */
const SHUT =
  'amoCRM has blocked the API of this account because it was asked too often. Its support lifts the block; then resume the connector. Nothing is tried again before.';

/** The plan of the account, or the rights of the user, do not reach so far. */
export class NotGranted extends RemoteFailure {
  constructor(reason: string) {
    super('blocked', reason);
  }
}

/** amoCRM gave up on a call: some of what was sent may be done. Less at once is done in time. */
export class TookTooLong extends RemoteFailure {
  constructor() {
    super('unavailable', 'What was sent took amoCRM too long; less is sent from now on.');
  }
}

/** Throws a `RemoteFailure` for an answer that is not what was asked for. */
export function readAs<T>(schema: z.ZodType<T>, data: unknown): T {
  const read = schema.safeParse(data);
  if (read.success) return read.data;
  throw new RemoteFailure('unavailable', 'amoCRM answered something else than what was asked.');
}

/** Why there is no answer at all. */
export function notAnswered({
  code,
  reason,
}: OutboundAnswer & { readonly kind: 'failed' }): RemoteFailure {
  return new RemoteFailure(code === 'address_not_allowed' ? 'blocked' : 'unavailable', reason);
}

function rowsOf(problem: z.output<typeof problemSchema>): readonly RowRefusal[] {
  return (problem['validation-errors'] ?? []).flatMap(({ request_id, errors }) =>
    errors.map(({ code, path, detail }) => ({ row: request_id, code, path, reason: detail })),
  );
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
