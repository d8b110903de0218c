import { Inject, Injectable } from '@nestjs/common';
import type { Decision, Instant } from 'twenty-mak-domain';
import type { Principal } from '../../platform/auth/index.ts';
import type { Transaction } from '../../platform/database/index.ts';
import { Audit } from '../audit/index.ts';
import { DealChanges } from '../deals/index.ts';
import { lockTenant } from '../events/index.ts';
import { LeadSales } from './lead-sales.ts';
import { findLeads } from './leads.repository.ts';

export interface LeadTakenBack {
  readonly leadId: string;
  readonly buyerId: string;
  readonly at: Instant;
}

/** Bought leads that are given back, in the transaction of the decision, which must see the whole tenant. */
@Injectable()
export class LeadReturns {
  constructor(
    @Inject(LeadSales) private readonly sales: LeadSales,
    @Inject(DealChanges) private readonly deals: DealChanges,
  ) {}

  /**
   * The lead goes back, and with it the deal that the buyer has made of it: nobody owns it any more, so the buyer sees it no
   * longer, and it is archived, so that no clock runs on. Its history stays with the head office. Refuses as `LeadSales.move`.
   */
  async takeBack(
    tx: Transaction,
    principal: Principal,
    { leadId, buyerId, at }: LeadTakenBack,
  ): Promise<Decision<null>> {
    const { tenantId, id: actorId } = principal;
    const [lead] = await findLeads(tx, tenantId, [leadId], true);
    const move = { leadIds: [leadId], kind: 'returned', mover: 'return', actorId, at } as const;
    const moved = await this.sales.move(tx, tenantId, move);
    const dealId = lead?.deal_id ?? null;
    if (moved.ok && dealId !== null) await this.takeDeal(tx, principal, dealId, buyerId);
    return moved;
  }

  /** A deal that the office has given to somebody else meanwhile is theirs. */
  private async takeDeal(
    tx: Transaction,
    principal: Principal,
    dealId: string,
    buyerId: string,
  ): Promise<void> {
    const { tenantId } = principal;
    await lockTenant(tx, tenantId);
    const rows = await tx.query(
      'SELECT 1 FROM deal WHERE tenant_id = $1 AND id = $2 AND owner_id = $3 AND merged_into IS NULL',
      [tenantId, dealId, buyerId],
    );
    if (rows.length === 0) return;
    const target = { master_deal_id: dealId };
    for (const event of [
      { type: 'deal.owner.changed', data: { owner_id: null } },
      { type: 'deal.archived', data: {} },
    ]) {
      const { status, code } = await this.deals.send(tx, principal, event, target);
      if (status === 'rejected' || status === 'conflict')
        throw new Error(`a returned deal could not be taken back: ${code ?? status}`);
    }
    await Audit.record(tx, principal, 'deal.taken_back', 'deal', dealId);
  }
}
