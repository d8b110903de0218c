import { Inject, Injectable } from '@nestjs/common';
import { checkLeadFilter } from 'twenty-mak-domain';
import type { LeadFilter } from 'twenty-mak-domain';
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
import { checkFilter } from './leads.service.ts';
import { segmentAnswer } from './segments.dto.ts';
import type { CreateSegment, EditSegment, SegmentAnswer } from './segments.dto.ts';
import {
  countSegments,
  deleteSegment,
  findSegment,
  insertSegment,
  listSegments,
  saveSegment,
} from './segments.repository.ts';
import type { SegmentRow } from './segments.repository.ts';

/** Segments that one person or key may have. */
const MOST_OWN = 100;

/** Saved filters of leads: own ones, and those that are shared within the head office or a company. */
@Injectable()
export class SegmentsService {
  constructor(@Inject(Database) private readonly database: Database) {}

  async list(principal: Principal): Promise<SegmentAnswer[]> {
    const rows = await this.database.within(scopeOf(principal), (tx) =>
      listSegments(tx, principal.tenantId, principal.id),
    );
    return rows.map((row) => segmentAnswer(row, mayEdit(principal, row)));
  }

  /** Refuses as `checkLeadFilter` does, and with `too_many_segments`. */
  async create(
    principal: Principal,
    { name, filter, shared }: CreateSegment,
  ): Promise<SegmentAnswer> {
    const { tenantId, id: owner_id, restrictedTo } = principal;
    const checked = checkSaved(principal, filter);
    return this.database.within(scopeOf(principal), async (tx) => {
      if ((await countSegments(tx, tenantId, owner_id)) >= MOST_OWN) throw tooMany();
      const company_id = restrictedTo ?? null;
      const segment = { id: creationId(), owner_id, company_id, name, filter: checked, shared };
      const row = await insertSegment(tx, tenantId, segment);
      await audit(tx, principal, 'segment.created', row);
      return segmentAnswer(row, true);
    });
  }

  /** Refuses with `stale_version` too, and 403 for one that somebody else shares. */
  async edit(
    principal: Principal,
    id: string,
    { version, ...changes }: EditSegment,
  ): Promise<SegmentAnswer> {
    const filter = changes.filter === undefined ? undefined : checkSaved(principal, changes.filter);
    return this.database.within(scopeOf(principal), async (tx) => {
      const before = await load(tx, principal, id);
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

  async delete(principal: Principal, id: string): Promise<void> {
    await this.database.within(scopeOf(principal), async (tx) => {
      const row = await load(tx, principal, id);
      await deleteSegment(tx, principal.tenantId, id);
      await audit(tx, principal, 'segment.deleted', row);
    });
  }
}

async function load(tx: Transaction, principal: Principal, id: string): Promise<SegmentRow> {
  const row = await findSegment(tx, principal.tenantId, principal.id, id);
  if (row === undefined) throw notFound('segment');
  if (!mayEdit(principal, row))
    throw forbidden('Somebody else shares this segment. Save one of your own.');
  return row;
}

function mayEdit({ id, scopes, restrictedTo }: Principal, row: SegmentRow): boolean {
  return row.owner_id === id || (restrictedTo === undefined && scopes.has('leads:manage'));
}

/** What is saved outlives the erasure of a person, so nobody's name, number or address may stand in it. */
function checkSaved(principal: Principal, filter: unknown): LeadFilter {
  accepted(checkFilter(principal, filter));
  return accepted(checkLeadFilter(filter, false));
}

async function audit(
  tx: Transaction,
  principal: Principal,
  action: string,
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
