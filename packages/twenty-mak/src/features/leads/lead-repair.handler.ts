import { Inject, Injectable, Logger } from '@nestjs/common';
import type { Principal } from '../../platform/auth/index.ts';
import { Database } from '../../platform/database/index.ts';
import type { Transaction } from '../../platform/database/index.ts';
import { isOutage } from '../../platform/errors/index.ts';
import { HandlesJob } from '../../platform/jobs/index.ts';
import type { JobHandler } from '../../platform/jobs/index.ts';
import { lockTenant } from '../../platform/tenancy/index.ts';
import { eraseLeadsOf } from './lead-erasure.repository.ts';
import { LeadOffers, offeredMeanwhile } from './lead-offers.ts';
import {
  erasedKeysOf,
  nextToRepair,
  putOff,
  repaired,
  returnedDealsOf,
} from './lead-repair.repository.ts';
import type { ReturnedDeal } from './lead-repair.repository.ts';
import { LeadReturns } from './lead-returns.ts';
import { leadRepair } from './leads.jobs.ts';

interface Place {
  readonly tenantId: string;
}

/**
 * Does to leads that a migration has marked what is done to others at once: erases what is left of erased people and ends
 * what offers them, and takes deals back of leads that were given back.
 */
@Injectable()
@HandlesJob(leadRepair)
export class LeadRepairHandler implements JobHandler<Place> {
  private readonly logger = new Logger(LeadRepairHandler.name);

  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(LeadOffers) private readonly offers: LeadOffers,
    @Inject(LeadReturns) private readonly returns: LeadReturns,
  ) {}

  async find(): Promise<readonly Place[]> {
    return this.database.scan<Place>(
      'SELECT DISTINCT tenant_id AS "tenantId" FROM lead WHERE repair_at <= now()',
    );
  }

  async handle({ tenantId }: Place, signal: AbortSignal): Promise<void> {
    while (!signal.aborted && (await this.step(tenantId)));
  }

  /** Repairs the next lead. False when none is left. One that cannot be repaired now holds the others up no longer. */
  private async step(tenantId: string): Promise<boolean> {
    const leadId = await this.database.within({ tenantId }, (tx) => nextToRepair(tx, tenantId));
    if (leadId === undefined) return false;
    try {
      await this.database.within({ tenantId }, (tx) => this.repair(tx, tenantId, leadId));
    } catch (error) {
      if (isOutage(error)) throw error;
      this.logger.error(
        `lead ${leadId} of tenant ${tenantId} could not be repaired: ${String(error)}`,
      );
      await this.database.within({ tenantId }, (tx) => putOff(tx, tenantId, leadId));
    }
    return true;
  }

  private async repair(tx: Transaction, tenantId: string, leadId: string): Promise<void> {
    await lockTenant(tx, tenantId);
    if ((await nextToRepair(tx, tenantId)) !== leadId) return;
    await this.erase(tx, tenantId, leadId);
    for (const { dealId, buyerId, arbiterId } of await returnedDealsOf(tx, tenantId, leadId))
      await this.returns.takeDeal(tx, whoDecided(tenantId, arbiterId), leadId, dealId, buyerId);
    await repaired(tx, tenantId, leadId);
  }

  private async erase(tx: Transaction, tenantId: string, leadId: string): Promise<void> {
    const keys = await erasedKeysOf(tx, tenantId, leadId);
    if (keys.length === 0) return;
    await this.offers.end(tx, tenantId, [leadId]);
    if (await eraseLeadsOf(tx, tenantId, keys)) throw offeredMeanwhile();
  }
}

/** Whose decision it is that is carried out. */
function whoDecided(tenantId: string, arbiterId: ReturnedDeal['arbiterId']): Principal {
  return { kind: 'account', id: arbiterId, tenantId, role: null, scopes: new Set() };
}
