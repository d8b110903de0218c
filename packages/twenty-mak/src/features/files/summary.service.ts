import { Inject, Injectable } from '@nestjs/common';
import { formatInstant } from 'twenty-mak-domain';
import { scopeOf } from '../../platform/auth/index.ts';
import type { Principal } from '../../platform/auth/index.ts';
import { Database } from '../../platform/database/index.ts';
import { notFound } from '../../platform/errors/index.ts';
import { PipelineRegistry } from '../pipelines/index.ts';
import { presentOf } from '../tenants/index.ts';
import type { LogSummary } from './files.dto.ts';
import { SummaryRepository } from './summary.repository.ts';

/** What a log of events came to: counted anew from the rows, not from counters. */
@Injectable()
export class SummaryService {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(PipelineRegistry) private readonly pipelines: PipelineRegistry,
    @Inject(SummaryRepository) private readonly repository: SummaryRepository,
  ) {}

  /** All counts of one pipeline in one transaction. Throws 404 for a pipeline that is not published. */
  async summarize(principal: Principal, key: string): Promise<LogSummary> {
    const { tenantId } = principal;
    return this.database.within(scopeOf(principal), async (tx) => {
      const pipeline = (await this.pipelines.load(tx, tenantId)).byKey.get(key);
      if (pipeline === undefined) throw notFound('published pipeline');
      const present = await presentOf(tx, tenantId);
      this.repository.avoidLoops(tx);
      const events = await this.repository.events(
        tx,
        tenantId,
        pipeline.id,
        pipeline.compiled.definition,
      );
      const stages = await this.repository.stages(tx, tenantId, pipeline.id);
      const runs = await this.repository.runs(tx, tenantId, pipeline.id, present);
      return {
        pipeline: key,
        deals: stages.reduce((sum, { deals }) => sum + deals, 0),
        events: events.events,
        known_events: events.known,
        transitions: await this.repository.transitions(tx, tenantId, pipeline.id),
        stages: Object.fromEntries(
          inOrder(stages, pipeline.compiled.definition).map(({ stage, deals }) => [stage, deals]),
        ),
        sla: Object.fromEntries(runs.map(({ timer, ...counts }) => [timer, counts])),
        first_event_at: events.first === null ? null : formatInstant(events.first),
        last_event_at: events.last === null ? null : formatInstant(events.last),
        present: formatInstant(present),
      };
    });
  }
}

/** The stages in the order of the board, endings after them. */
function inOrder<Counted extends { readonly stage: string }>(
  counts: readonly Counted[],
  {
    stages,
    endings = [],
  }: { readonly stages: readonly { key: string }[]; readonly endings?: readonly { key: string }[] },
): Counted[] {
  const rank = new Map([...stages, ...endings].map(({ key }, index) => [key, index]));
  const rankOf = ({ stage }: Counted): number => rank.get(stage) ?? rank.size;
  return counts.toSorted((left, right) => rankOf(left) - rankOf(right));
}
