import { Injectable } from '@nestjs/common';
import type { Decision, ImportFields, ImportProfile, ReadRow, RowOutcome } from 'twenty-mak-domain';
import type { Principal } from '../../platform/auth/index.ts';
import type { Transaction } from '../../platform/database/index.ts';

export type ImportTargetName = 'lead' | 'client';

/** Who does it, as histories and the audit log name it. */
export interface StartedBy {
  readonly kind: 'account' | 'client';
  readonly id: string;
}

/** One pass over a file: a dry run, or the import itself. */
export interface ImportOrder {
  readonly tenantId: string;
  readonly importId: string;
  /** Head account of the company that sends the file; null for the head office. */
  readonly companyId: string | null;
  readonly fileName: string;
  readonly startedBy: StartedBy;
  readonly profile: ImportProfile;
  readonly dry: boolean;
}

/** A row that says something, as it was read. */
export interface DraftRow<Draft = unknown> {
  readonly row: number;
  readonly draft: Draft;
}

/** What a pass does with rows; it may remember what it has met. */
export interface ImportTask<Draft = unknown> {
  /** How rows are read. Refuses a profile that does not fit the file. */
  reader(header: readonly string[]): Decision<ReadRow<Draft>>;
  /**
   * Enters a batch in the caller's transaction, or says what would become of it: one outcome a row, in their order. What it
   * reads of other records it reads after `before`, the batch before it, is saved.
   */
  enter(
    tx: Transaction,
    rows: readonly DraftRow<Draft>[],
    before: Promise<unknown>,
  ): Promise<readonly RowOutcome[]>;
}

/** Records of one kind, as far as they are made of files. */
export interface ImportTarget<Draft = unknown> {
  readonly name: ImportTargetName;
  readonly fields: ImportFields;
  /** Of telephone numbers without a country code, unless the profile says another. */
  country(tx: Transaction, tenantId: string): Promise<string>;
  /** Throws when the principal may not say what the profile says. */
  refuse(principal: Principal, profile: ImportProfile): void;
  /** Whether the principal may see rows of files that others have uploaded. */
  seesRows(principal: Principal): boolean;
  begin(tx: Transaction, order: ImportOrder): Promise<ImportTask<Draft>>;
}

/** Lets features offer imports of their records. */
@Injectable()
export class ImportTargets {
  private readonly targets = new Map<ImportTargetName, ImportTarget>();

  add(target: ImportTarget): void {
    if (this.targets.has(target.name))
      throw new Error(`Two features offer imports of the kind ${target.name}.`);
    this.targets.set(target.name, target);
  }

  of(name: ImportTargetName): ImportTarget {
    const target = this.targets.get(name);
    if (target === undefined) throw new Error(`No feature offers imports of the kind ${name}.`);
    return target;
  }
}

/** The column that a field is read from; null when none is. */
export function columnOf({ columns }: ImportProfile, field: string | undefined): string | null {
  return columns.find((one) => one.field === field)?.column ?? null;
}
