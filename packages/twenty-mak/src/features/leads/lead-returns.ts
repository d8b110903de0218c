import { Inject, Injectable } from '@nestjs/common';
import type { Decision, Instant } from 'twenty-mak-domain';
import type { Principal } from '../../platform/auth/index.ts';
import type { Transaction } from '../../platform/database/index.ts';
import { Audit } from '../audit/index.ts';
import { DealChanges } from '../deals/index.ts';
import { LeadClients } from './lead-clients.ts';
import { LeadSales } from './lead-sales.ts';
import { findLeads } from './leads.repository.ts';

export interface LeadTakenBack {
  readonly leadId: string;
  readonly buyerId: string;
  readonly at: Instant;
}

/**
 * Bought leads that are given back, in the transaction of the decision, which must see the whole tenant and hold its turn
 * (`lockTenant`): to wait for it here, with money locked, would let every bid of the buyer wait too.
 */
@Injectable()
export class LeadReturns {
  constructor(
    @Inject(LeadSales) private readonly sales: LeadSales,
    @Inject(DealChanges) private readonly deals: DealChanges,
    @Inject(LeadClients) private readonly clients: LeadClients,
  ) {}

  /**
   * The lead goes back, and with it the deal that the buyer has made of it: nobody owns it any more, so the buyer sees it no
   * longer, and it is archived, so that no clock runs on. Its history stays with the head office, and so does the client that
   * was made of the lead: it has the contact. Refuses as `LeadSales.move`.
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
    if (moved.ok && dealId !== null) await this.takeDeal(tx, principal, leadId, dealId, buyerId);
    if (moved.ok) await this.clients.work.takeBack(tx, principal, leadId, buyerId);
    return moved;
  }

  /**
   * What the deal was merged into has its history, and is taken in its place. A deal that the office has given to somebody
   * else meanwhile is theirs.
   */
  async takeDeal(
    tx: Transaction,
    principal: Principal,
    leadId: string,
    madeId: string,
    buyerId: string,
  ): Promise<void> {
    const { tenantId } = principal;
    const [row] = await tx.query<{ id: string }>(
      `SELECT deal.id FROM deal made JOIN deal ON deal.id = coalesce(made.merged_into, made.id)
       WHERE made.tenant_id = $1 AND made.id = $2 AND deal.tenant_id = $1 AND deal.owner_id = $3`,
      [tenantId, madeId, buyerId],
    );
    if (row === undefined) return;
    const { id: dealId } = row;
    const target = { master_deal_id: dealId };
    for (const event of [
      { type: 'deal.owner.changed', data: { owner_id: null } },
      { type: 'deal.archived', data: {} },
    ]) {
      const { status, code } = await this.deals.send(tx, principal, event, target);
      if (status === 'rejected' || status === 'conflict')
        throw new Error(`a returned deal could not be taken back: ${code ?? status}`);
    }
    await Audit.record(tx, principal, 'deal.taken_back', 'deal', dealId, { lead: leadId });
  }
}
