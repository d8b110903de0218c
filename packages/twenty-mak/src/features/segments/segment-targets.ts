import { Injectable } from '@nestjs/common';
import type { Decision, RecordFilter } from 'twenty-mak-domain';
import type { Principal, Scope } from '../../platform/auth/index.ts';
import type { Transaction } from '../../platform/database/index.ts';

export const SEGMENT_ENTITIES = ['lead', 'client'] as const;
export type SegmentEntityName = (typeof SEGMENT_ENTITIES)[number];

/** Records of one kind, as far as segments of them are saved. */
export interface SegmentTarget {
  readonly entity: SegmentEntityName;
  /** Who may change segments that others share. */
  readonly managedBy: Scope;
  /** Checks a filter that the principal saves, and that whoever it is shared with will read. */
  readonly check: (principal: Principal, filter: unknown) => Decision<RecordFilter>;
  /** How many records of those that the principal sees belong to it, counted up to `most`. Refuses as a list would. */
  readonly count: (
    tx: Transaction,
    principal: Principal,
    filter: RecordFilter,
    most: number,
  ) => Promise<number>;
}

/** Lets features offer segments of their records. */
@Injectable()
export class SegmentTargets {
  private readonly targets = new Map<SegmentEntityName, SegmentTarget>();

  add(target: SegmentTarget): void {
    if (this.targets.has(target.entity))
      throw new Error(`Two features offer segments of the kind ${target.entity}.`);
    this.targets.set(target.entity, target);
  }

  of(entity: SegmentEntityName): SegmentTarget {
    const target = this.targets.get(entity);
    if (target === undefined) throw new Error(`No feature offers segments of the kind ${entity}.`);
    return target;
  }
}
