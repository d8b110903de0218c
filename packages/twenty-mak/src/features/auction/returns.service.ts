import { Inject, Injectable } from '@nestjs/common';
import {
  applyToLedger,
  decideReturn,
  paymentId,
  requestReturn,
  returnOperations,
  reversalId,
} from 'twenty-mak-domain';
import type { LeadReturn } from 'twenty-mak-domain';
import { z } from 'zod';
import type { Principal } from '../../platform/auth/index.ts';
import { Database } from '../../platform/database/index.ts';
import type { Transaction } from '../../platform/database/index.ts';
import { accepted, notFound } from '../../platform/errors/index.ts';
import { creationId } from '../../platform/idempotency/index.ts';
import { notify } from '../../platform/notifications/index.ts';
import { lockTenant } from '../../platform/tenancy/index.ts';
import { pageOf, readCursor } from '../../platform/validation/index.ts';
import type { Page } from '../../platform/validation/index.ts';
import { Audit } from '../audit/index.ts';
import { peopleWhoMay } from '../roles/index.ts';
import { lockBooks, readEntries, saveBooks } from '../wallet/index.ts';
import { readClock } from './bids.repository.ts';
import { LeadReturns } from '../leads/index.ts';
import { announceReturned } from './lot-events.ts';
import { makerOf, peopleOf, sellersOf } from './people.ts';
import { returnView } from './returns.dto.ts';
import type {
  DecideReturn,
  ListReturns,
  RequestReturn,
  ReturnRow,
  ReturnView,
} from './returns.dto.ts';
import {
  countReturned,
  fenceLotOfReturn,
  findPurchase,
  findReturn,
  findReturnOf,
  insertReturn,
  leadReturnOf,
  listReturns,
  saveDecision,
} from './returns.repository.ts';
import { returnRuleOf } from './rules.dto.ts';
import { readRules } from './rules.service.ts';

const idKey = z.tuple([z.uuid()]);

/** Bought leads that are given back. */
@Injectable()
export class ReturnsService {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(LeadReturns) private readonly leads: LeadReturns,
  ) {}

  /** The buyer asks to give a lead back. Refuses as the rules of returns do. */
  async request(principal: Principal, asked: RequestReturn): Promise<ReturnView> {
    const { tenantId, restrictedTo } = principal;
    const { lot_id: lotId, lead_id: leadId, reason, comment } = asked;
    return this.database.within({ tenantId }, async (tx) => {
      const purchase = await findPurchase(tx, tenantId, lotId, leadId);
      // Nobody but the buyer learns that the lead was sold.
      if (purchase === undefined || purchase.buyerId !== restrictedTo) throw notFound('lead');
      const earlier = await findReturnOf(tx, lotId, leadId);
      const { rules } = await readRules(tx, tenantId);
      const request = {
        participantId: restrictedTo,
        accountId: principal.id,
        reason,
        comment,
        at: await readClock(tx),
      };
      const made = accepted(
        requestReturn(
          returnRuleOf(rules),
          purchase,
          earlier === undefined ? null : leadReturnOf(earlier),
          request,
        ),
      );
      const row = await insertReturn(tx, tenantId, creationId(), made, purchase.currency);
      if (row === undefined) throw notFound('lead');
      await Audit.record(tx, principal, 'lead_return.requested', 'lead_return', row.id, { reason });
      await this.tell(tx, tenantId, row.id, made);
      return returnView(row, restrictedTo);
    });
  }

  /**
   * An arbiter decides; who is a party cannot be it, nor who has made the lot for the head office while somebody else can. When
   * the return is accepted, the buyer gets the price back to the last unit and no longer sees the lead, nor the deal that
   * was made of it. Refuses `arbiter_is_party`, `return_decided`, `return_note_missing`.
   */
  async decide(principal: Principal, id: string, asked: DecideReturn): Promise<ReturnView> {
    const { tenantId, restrictedTo } = principal;
    return this.database.within({ tenantId }, async (tx) => {
      // The deal of the lead is changed in it, and whoever waits for it must hold nobody's money meanwhile.
      if (asked.verdict === 'accepted') await lockTenant(tx, tenantId);
      const fenced = await fenceLotOfReturn(tx, tenantId, id);
      const row = await findReturn(tx, tenantId, id);
      if (row === undefined || fenced === undefined) throw notFound('return');
      const parties = [row.buyer_id, row.seller_id];
      if (restrictedTo !== undefined && !parties.includes(restrictedTo)) throw notFound('return');
      const before = leadReturnOf(row);
      const at = await readClock(tx);
      const decision = { arbiterId: restrictedTo ?? principal.id, at, ...asked };
      const offeredBy = await this.offeredBy(tx, tenantId, row);
      const decided = accepted(decideReturn(before, decision, offeredBy), 409);
      if (before.decision === null) {
        await this.carryOut(tx, principal, decided, row.currency);
        await saveDecision(tx, tenantId, id, decided);
        if (asked.verdict === 'accepted') {
          const { lot_id: lotId, lead_id: leadId, price, currency } = row;
          const lot = { id: lotId, ...fenced, returned: await countReturned(tx, lotId) };
          announceReturned(tx, tenantId, lot, { returnId: id, leadId, price, currency }, at);
        }
        const detail = { verdict: asked.verdict };
        await Audit.record(tx, principal, 'lead_return.decided', 'lead_return', id, detail);
        await this.tell(tx, tenantId, id, decided);
      }
      const saved = await findReturn(tx, tenantId, id);
      return returnView(saved ?? row, restrictedTo);
    });
  }

  /** Newest first. The head office sees all, others those of leads that they have bought or sold. */
  async list(principal: Principal, query: ListReturns): Promise<Page<ReturnView>> {
    const { tenantId, restrictedTo } = principal;
    const before = query.cursor === undefined ? null : readCursor(idKey, query.cursor)[0];
    const rows = await this.database.within({ tenantId, restrictedTo }, (tx) =>
      listReturns(tx, tenantId, query.status ?? null, before, query.limit + 1),
    );
    const page = pageOf(rows, query.limit, ({ id }) => [id]);
    return { items: page.items.map((row) => returnView(row, restrictedTo)), next: page.next };
  }

  /** Whoever sells for the head office is a party as its company would be, unless nobody else may decide. */
  private async offeredBy(
    tx: Transaction,
    tenantId: string,
    { seller_id: sellerId, lot_id: lotId }: ReturnRow,
  ): Promise<string | null> {
    if (sellerId !== tenantId) return null;
    const maker = await makerOf(tx, lotId);
    if (maker === null) return null;
    const deciders = await peopleWhoMay(tx, tenantId, 'returns:decide');
    return deciders.some((id) => id !== maker) ? maker : null;
  }

  private async carryOut(
    tx: Transaction,
    principal: Principal,
    decided: LeadReturn,
    currency: string,
  ): Promise<void> {
    const { tenantId } = principal;
    const { purchase, decision } = decided;
    if (decision?.verdict !== 'accepted') return;
    const { buyerId, sellerId, lotId, leadId } = purchase;
    const operations = returnOperations(decided);
    if (operations.length > 0) {
      const { ledger } = await lockBooks(tx, tenantId, { currency, owners: [buyerId, sellerId] });
      const paid = paymentId(lotId, leadId);
      const entries = await readEntries(tx, tenantId, [paid, reversalId(paid)]);
      const change = accepted(applyToLedger({ ...ledger, entries }, operations), 500);
      saveBooks(tx, tenantId, change, { actor: `account:${decision.arbiterId}` });
    }
    const back = { leadId, buyerId, at: decision.at };
    accepted(await this.leads.takeBack(tx, principal, back), 409);
  }

  /** Tells of a request the seller and whoever may decide, and of a decision both sides. */
  private async tell(
    tx: Transaction,
    tenantId: string,
    returnId: string,
    { purchase, decision }: LeadReturn,
  ): Promise<void> {
    const { buyerId, lotId, leadId } = purchase;
    const sellers = await sellersOf(tx, tenantId, purchase);
    const others =
      decision === null
        ? await peopleWhoMay(tx, tenantId, 'returns:decide')
        : (await peopleOf(tx, tenantId, [buyerId])).map(({ id }) => id);
    const told = new Set([...sellers.map(({ id }) => id), ...others]);
    const kind = decision === null ? 'auction.return_requested' : 'auction.return_decided';
    const verdict = decision?.verdict ?? null;
    const data = { return_id: returnId, lot_id: lotId, lead_id: leadId, verdict };
    await notify(
      tx,
      tenantId,
      [...told].map((accountId) => ({ accountId, kind, dealId: null, data })),
    );
  }
}
