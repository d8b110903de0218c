import * as z from 'zod/mini';
import { askMak } from '../mak/graphql.ts';
import type { Operation } from '../mak/graphql.ts';
import { Problem } from '../mak/problem.ts';

const factSchema = z.object({
  type: z.string(),
  title: z.nullable(z.string()),
  data: z.record(z.string(), z.unknown()),
  ends: z.nullable(z.string()),
  creates: z.boolean(),
  reopens: z.boolean(),
  clears: z.array(z.string()),
});
/** An event that a person may record about a deal now. */
export type Fact = z.infer<typeof factSchema>;

const FACTS: Operation<{ deal: { recordableFacts: Fact[] } }> = {
  text: 'query Facts($id: ID!) { deal(id: $id) { recordableFacts { type title data ends creates reopens clears } } }',
  data: z.object({ deal: z.object({ recordableFacts: z.array(factSchema) }) }),
};

/** Facts that mean something to the deal now, those that lead on first. It exists, so none that creates it. */
export async function factsOf(dealId: string): Promise<readonly Fact[]> {
  const { deal } = await askMak(FACTS, { id: dealId });
  const rank = ({ ends, clears }: Fact): number => (ends !== null ? 2 : clears.length > 0 ? 1 : 0);
  return deal.recordableFacts
    .filter(({ creates }) => !creates)
    .toSorted((a, b) => rank(a) - rank(b));
}

const RECORD: Operation<{
  recordEvents: { status: string; code: string | null; reason: string | null }[];
}> = {
  text: 'mutation Record($events: [EventInput!]!) { recordEvents(events: $events) { status code reason } }',
  data: z.object({
    recordEvents: z.array(
      z.object({
        status: z.string(),
        code: z.nullable(z.string()),
        reason: z.nullable(z.string()),
      }),
    ),
  }),
};

interface Recording {
  /** The same for every attempt, so that a fact is recorded once. */
  readonly eventId: string;
  readonly dealId: string;
  readonly fact: Fact;
  readonly comment: string;
  /** RFC 3339. */
  readonly occurredAt: string;
}

/** Tells MaK that something has happened. Throws a Problem when it refuses. */
export async function recordFact({
  eventId,
  dealId,
  fact,
  comment,
  occurredAt,
}: Recording): Promise<void> {
  const data = { ...fact.data, ...(comment === '' ? {} : { comment }) };
  const event = {
    eventId,
    source: 'mak',
    type: fact.type,
    occurredAt,
    masterDealId: dealId,
    data: JSON.stringify(data),
  };
  const [answer] = (await askMak(RECORD, { events: [event] })).recordEvents;
  if (answer === undefined || answer.status === 'rejected' || answer.status === 'conflict') {
    throw new Problem(answer?.code ?? 'unknown', answer?.reason ?? 'The fact was not recorded.');
  }
}
