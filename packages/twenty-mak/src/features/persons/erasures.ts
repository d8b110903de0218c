import { Injectable } from '@nestjs/common';
import type { Transaction } from '../../platform/database/index.ts';

/** Forgets what a feature knows of erased people besides sealed contacts. `keyIds` are the destroyed keys. */
export type Forget = (
  tx: Transaction,
  tenantId: string,
  keyIds: readonly string[],
) => Promise<unknown>;

/** Lets features take part in the erasure of a person, in its transaction. */
@Injectable()
export class Erasures {
  private readonly parts: { readonly kind: string; readonly forget: Forget }[] = [];

  /** `kind` is that of the records whose rows are changed: of all parts in its order, so that nobody waits for ever. */
  add(kind: string, forget: Forget): void {
    this.parts.push({ kind, forget });
    this.parts.sort((one, other) => (one.kind < other.kind ? -1 : one.kind > other.kind ? 1 : 0));
  }

  async forget(tx: Transaction, tenantId: string, keyIds: readonly string[]): Promise<void> {
    if (keyIds.length === 0) return;
    for (const { forget } of this.parts) await forget(tx, tenantId, keyIds);
  }
}
