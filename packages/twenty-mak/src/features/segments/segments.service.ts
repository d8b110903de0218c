import { Inject, Injectable } from '@nestjs/common';
import { scopeOf } from '../../platform/auth/index.ts';
import type { Principal } from '../../platform/auth/index.ts';
import { Database } from '../../platform/database/index.ts';
import type { Transaction } from '../../platform/database/index.ts';
import {
  accepted,
  forbidden,
  notFound,
  RefusalError,
  staleVersion,
} from '../../platform/errors/index.ts';
import { creationId } from '../../platform/idempotency/index.ts';
import { Audit } from '../audit/index.ts';
import type { AuditAction } from '../audit/index.ts';
import { SegmentTargets } from './segment-targets.ts';
import type { SegmentEntityName } from './segment-targets.ts';
import { segmentAnswer } from './segments.dto.ts';
import type {
  CreateSegment,
  EditSegment,
  SegmentAnswer,
  SegmentSize,
  SizedSegmentAnswer,
} from './segments.dto.ts';
import {
  countSegments,
  deleteSegment,
  findSegment,
  insertSegment,
  listSegments,
  saveSegment,
} from './segments.repository.ts';
import type { SegmentRow } from './segments.repository.ts';

/** A segment as far as it is counted. */
export type SizedSegment = Pick<SegmentRow, 'entity' | 'filter'>;

/** Segments of one kind of records that one person or key may have. */
const MOST_OWN = 100;
/** Records that are counted for the size of a segment: enough to see whether it is what was meant. */
const MOST_COUNTED = 10_000;

/** Saved filters: own ones, and those that are shared within the head office or a company. */
@Injectable()
export class SegmentsService {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(SegmentTargets) private readonly targets: SegmentTargets,
  ) {}

  async list(principal: Principal, entity: SegmentEntityName): Promise<SegmentAnswer[]> {
    const rows = await this.database.within(scopeOf(principal), (tx) =>
      listSegments(tx, principal, entity),
    );
    return rows.map((row) => segmentAnswer(row, this.mayEdit(principal, row)));
  }

  async one(
    principal: Principal,
    entity: SegmentEntityName,
    id: string,
  ): Promise<SizedSegmentAnswer> {
    return this.database.within(scopeOf(principal), async (tx) => {
      const row = await findSegment(tx, principal, entity, id);
      if (row === undefined) throw notFound('segment');
      const answer = segmentAnswer(row, this.mayEdit(principal, row));
      return { ...answer, size: await this.count(tx, principal, row) };
    });
  }

  /** How many records belong to each, in one transaction; null when the principal may not ask for its fields. */
  async sizes<Segment extends SizedSegment>(
    principal: Principal,
    segments: readonly Segment[],
  ): Promise<ReadonlyMap<Segment, SegmentSize | null>> {
    return this.database.within(scopeOf(principal), async (tx) => {
      const sizes = new Map<Segment, SegmentSize | null>();
      for (const segment of segments) sizes.set(segment, await this.count(tx, principal, segment));
      return sizes;
    });
  }

  /** Refuses as `checkFilter` does, and with `too_many_segments`. */
  async create(
    principal: Principal,
    entity: SegmentEntityName,
    { name, filter, shared }: CreateSegment,
  ): Promise<SegmentAnswer> {
    const { tenantId, id: owner_id, restrictedTo } = principal;
    const checked = accepted(this.targets.of(entity).check(principal, filter));
    return this.database.within(scopeOf(principal), async (tx) => {
      if ((await countSegments(tx, tenantId, owner_id, entity)) >= MOST_OWN) throw tooMany();
      const row = await insertSegment(tx, tenantId, {
        ...{ id: creationId(), entity, owner_id, company_id: restrictedTo ?? null },
        ...{ name, filter: checked, shared },
      });
      await audit(tx, principal, 'segment.created', row);
      return segmentAnswer(row, true);
    });
  }

  /** Refuses with `stale_version` too, and 403 for one that somebody else shares. */
  async edit(
    principal: Principal,
    entity: SegmentEntityName,
    id: string,
    { version, ...changes }: EditSegment,
  ): Promise<SegmentAnswer> {
    const filter =
      changes.filter === undefined
        ? undefined
        : accepted(this.targets.of(entity).check(principal, changes.filter));
    return this.database.within(scopeOf(principal), async (tx) => {
      const before = await this.load(tx, principal, entity, id);
      const after = await saveSegment(tx, principal.tenantId, {
        ...before,
        version,
        name: changes.name ?? before.name,
        filter: filter ?? before.filter,
        shared: changes.shared ?? before.shared,
      });
      if (after === undefined)
        throw staleVersion(segmentAnswer(before, true), { version, ...changes });
      await audit(tx, principal, 'segment.changed', after);
      return segmentAnswer(after, true);
    });
  }

  async delete(principal: Principal, entity: SegmentEntityName, id: string): Promise<void> {
    await this.database.within(scopeOf(principal), async (tx) => {
      const row = await this.load(tx, principal, entity, id);
      await deleteSegment(tx, principal.tenantId, id);
      await audit(tx, principal, 'segment.deleted', row);
    });
  }

  private async load(
    tx: Transaction,
    principal: Principal,
    entity: SegmentEntityName,
    id: string,
  ): Promise<SegmentRow> {
    const row = await findSegment(tx, principal, entity, id);
    if (row === undefined) throw notFound('segment');
    if (!this.mayEdit(principal, row))
      throw forbidden('Somebody else shares this segment. Save one of your own.');
    return row;
  }

  private mayEdit({ id, scopes, restrictedTo }: Principal, row: SegmentRow): boolean {
    const { managedBy } = this.targets.of(row.entity);
    return row.owner_id === id || (restrictedTo === undefined && scopes.has(managedBy));
  }

  private async count(
    tx: Transaction,
    principal: Principal,
    { entity, filter }: SizedSegment,
  ): Promise<SegmentSize | null> {
    try {
      const count = this.targets.of(entity).count;
      const records = await count(tx, principal, filter, MOST_COUNTED + 1);
      return { records: Math.min(records, MOST_COUNTED), more: records > MOST_COUNTED };
    } catch (error) {
      if (error instanceof RefusalError) return null;
      throw error;
    }
  }
}

async function audit(
  tx: Transaction,
  principal: Principal,
  action: AuditAction,
  { id, shared }: SegmentRow,
): Promise<void> {
  if (shared) await Audit.record(tx, principal, action, 'segment', id, { shared });
}

function tooMany(): RefusalError {
  return new RefusalError({
    code: 'too_many_segments',
    reason: `You have ${MOST_OWN} segments. Delete one that nobody needs first.`,
  });
}
