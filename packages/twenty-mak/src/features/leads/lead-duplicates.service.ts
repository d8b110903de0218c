import { Inject, Injectable } from '@nestjs/common';
import { z } from 'zod';
import type { Principal } from '../../platform/auth/index.ts';
import { Database } from '../../platform/database/index.ts';
import { notFound, RefusalError } from '../../platform/errors/index.ts';
import { Bus } from '../../platform/outbox/index.ts';
import { instantKey, pageOf, readCursor } from '../../platform/validation/index.ts';
import type { Page } from '../../platform/validation/index.ts';
import { Audit } from '../audit/index.ts';
import type { AuditAction } from '../audit/index.ts';
import { MOST_COUNTED, PAIR_STATES } from './lead-duplicates.dto.ts';
import type {
  CountDuplicates,
  DecidePair,
  ListDuplicates,
  PairCounts,
  PairDecision,
} from './lead-duplicates.dto.ts';
import {
  countPairs,
  decidePair,
  findPair,
  listPairs,
  markDuplicates,
} from './lead-duplicates.repository.ts';
import type { PairRow } from './lead-duplicates.repository.ts';
import { lockLeads } from './leads.lock.ts';
import { ringPairs } from './pairs-ring.ts';

const ACTIONS: Readonly<Record<PairDecision, AuditAction>> = {
  different: 'lead.kept_apart',
  later: 'lead.pair_put_off',
  open: 'lead.pair_reopened',
};

/** Pairs of leads that may be one, for people of the head office to decide. */
@Injectable()
export class LeadDuplicatesService {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Bus) private readonly bus: Bus,
  ) {}

  /** Pairs of a filter, the newest first: open ones if it does not say which, of one lead all of them. */
  async list(
    { tenantId }: Principal,
    { limit, cursor, state, ...filter }: ListDuplicates,
  ): Promise<Page<PairRow>> {
    const keys = z.tuple([instantKey, z.uuid(), z.uuid()]);
    const read = cursor === undefined ? null : readCursor(keys, cursor);
    const before = read === null ? null : { at: read[0], leadId: read[1], otherId: read[2] };
    const wanted = { ...filter, state: state ?? (filter.lead === undefined ? 'open' : undefined) };
    const rows = await this.database.within({ tenantId }, (tx) =>
      listPairs(tx, tenantId, wanted, before, limit + 1),
    );
    return pageOf(rows, limit, (row) => [row.found_at, row.lead_id, row.other_id]);
  }

  /** How many pairs of a filter wait, were put off, and are decided. */
  async counts({ tenantId }: Principal, filter: CountDuplicates): Promise<PairCounts> {
    return this.database.within({ tenantId }, async (tx) => {
      const counts: PairCounts = { open: 0, later: 0, decided: 0 };
      for (const state of PAIR_STATES)
        counts[state] = await countPairs(tx, tenantId, { ...filter, state }, MOST_COUNTED);
      return counts;
    });
  }

  /**
   * Two leads are two, or somebody decides later, or takes either back. Refuses with `not_found`, or `already_decided`
   * when the leads were merged, or what somebody has decided would be put off.
   */
  async decide(
    principal: Principal,
    { lead_id, other_id, decision }: DecidePair,
  ): Promise<PairRow> {
    const { tenantId, id } = principal;
    const ids = [lead_id, other_id] as const;
    return this.database.within({ tenantId }, async (tx) => {
      // A merge of one of them at the same moment would leave a pair of a lead that is gone.
      await lockLeads(tx, tenantId);
      const pair = await decidePair(tx, tenantId, ids, decision, id);
      if (pair === undefined) {
        if ((await findPair(tx, tenantId, ids)) === undefined) throw notFound('pair of leads');
        throw alreadyDecided();
      }
      markDuplicates(tx, tenantId, ids);
      ringPairs(this.bus, tenantId);
      await Audit.record(tx, principal, ACTIONS[decision], 'lead', pair.lead_id, {
        other: pair.other_id,
      });
      return pair;
    });
  }
}

function alreadyDecided(): RefusalError {
  return new RefusalError(
    { code: 'already_decided', reason: 'Somebody has decided about these leads meanwhile.' },
    409,
  );
}
