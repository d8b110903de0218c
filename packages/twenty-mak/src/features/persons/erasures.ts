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
  private readonly parts: Forget[] = [];

  add(forget: Forget): void {
    this.parts.push(forget);
  }

  async forget(tx: Transaction, tenantId: string, keyIds: readonly string[]): Promise<void> {
    if (keyIds.length === 0) return;
    for (const part of this.parts) await part(tx, tenantId, keyIds);
  }
}
