import { Inject, Injectable } from '@nestjs/common';
import { dataOfFact, factsOf } from 'twenty-mak-domain';
import type { Decision, Instant, JsonObject, SaidFact } from 'twenty-mak-domain';
import { v7 as uuidv7 } from 'uuid';
import type { Principal } from '../../platform/auth/index.ts';
import type { Transaction } from '../../platform/database/index.ts';
import { accepted, forbidden, RefusalError } from '../../platform/errors/index.ts';
import { DealChanges } from './deal-changes.ts';
import type { RecordFact } from './deal-edits.dto.ts';
import { DealPipelines } from './deal-pipelines.ts';
import type { DealView } from './deals.service.ts';

interface KnownFact {
  readonly event_id: string;
  readonly deal_id: string;
  readonly occurred_at: Instant;
  readonly same: boolean;
}

interface Told {
  readonly dealId: string;
  readonly type: string;
  readonly data: object;
  readonly occurredAt: Instant | undefined;
}

/**
 * Facts that people record about deals that they see. Who sends events may say anything of every deal at any time; these are
 * facts of the deal's own pipeline, told by the person who is signed in, as they happen.
 */
@Injectable()
export class DealFactsService {
  constructor(
    @Inject(DealChanges) private readonly changes: DealChanges,
    @Inject(DealPipelines) private readonly pipelines: DealPipelines,
  ) {}

  /**
   * Records a fact; the same `event_id` again records nothing. Refuses with `fact_not_recordable`, `unknown_fact` for what is
   * undone, `conflict` for an id that said something else, and 403 for machines and for a time that is said without
   * `events:write`.
   */
  async record(principal: Principal, id: string, fact: RecordFact): Promise<DealView> {
    if (principal.kind !== 'account')
      throw forbidden('Machines send events with a source of their own: POST /v1/events.');
    if (fact.occurred_at !== undefined && !principal.scopes.has('events:write'))
      throw forbidden('Without events:write a fact happens when it is told; leave out the time.');
    const { event_id: given = uuidv7(), undoes, occurred_at: occurredAt, ...said } = fact;
    const eventId = idOf(principal, given);
    const undone = undoes === undefined ? null : idOf(principal, undoes);
    const data = { ...said.data, comment: said.comment, undoes: undone ?? undefined };
    return this.changes.change(principal, id, 'deal.fact_recorded', {}, async ({ row }, tx) => {
      const told = { dealId: id, type: fact.type, data, occurredAt };
      const known = await knownFacts(tx, principal, told, [eventId, undone ?? eventId]);
      const repeat = known.get(eventId);
      if (repeat?.same === true) return null;
      if (repeat !== undefined) throw saidOtherwise();
      const before = undone === null ? undefined : known.get(undone);
      if (undone !== null && before?.deal_id !== id) throw unknownFact();
      accepted(await this.decide(tx, principal, row, said));
      return { type: fact.type, eventId, data, occurredAt, after: before?.occurred_at };
    });
  }

  private async decide(
    tx: Transaction,
    { tenantId }: Principal,
    row: DealView['row'],
    said: SaidFact,
  ): Promise<Decision<JsonObject>> {
    const key = { pipelineId: row.pipeline_id, version: row.pipeline_version };
    const compiled = await this.pipelines.compiled(tx, tenantId, [key]);
    const pipeline = compiled(key.pipelineId, key.version);
    const { gates, domain_stages: domains, created_at: createdAt } = row;
    return dataOfFact(pipeline, factsOf(pipeline, { gates, domains, createdAt }), row.stage, said);
  }
}

/** Ids of one person are apart from all others: nobody takes an id away that somebody else will send. */
function idOf({ id }: Principal, given: string): string {
  return `fact:${id}:${given}`;
}

/** Facts with these ids, by id. `same`: it says what is told now. */
async function knownFacts(
  tx: Transaction,
  { tenantId }: Principal,
  { dealId, type, data, occurredAt }: Told,
  ids: readonly string[],
): Promise<ReadonlyMap<string, KnownFact>> {
  const rows = await tx.query<KnownFact>(
    `SELECT event_id, deal_id, occurred_at, deal_id = $3::uuid AND type = $4 AND data - 'by' = $5::jsonb
       AND occurred_at = coalesce($6::timestamptz, occurred_at) AS same
     FROM event WHERE tenant_id = $1 AND source = 'mak' AND event_id = ANY ($2::text[])`,
    [
      tenantId,
      ids,
      dealId,
      type,
      JSON.stringify(data),
      occurredAt === undefined ? null : new Date(occurredAt),
    ],
  );
  return new Map(rows.map((row) => [row.event_id, row]));
}

function saidOtherwise(): RefusalError {
  return new RefusalError(
    {
      code: 'conflict',
      reason: 'You have recorded something else with this id. Record it under a new one.',
      field: 'event_id',
    },
    409,
  );
}

function unknownFact(): RefusalError {
  return new RefusalError({
    code: 'unknown_fact',
    reason: 'You have recorded no such fact of this deal.',
    field: 'undoes',
  });
}
