import { Inject, Injectable } from '@nestjs/common';
import {
  areBidsSecret,
  bandFrom,
  checkLot,
  isLotVisible,
  viewBids,
  withdrawLot,
} from 'twenty-mak-domain';
import type { AmountBand, Instant, Lot } from 'twenty-mak-domain';
import { z } from 'zod';
import type { Principal } from '../../platform/auth/index.ts';
import { afterCommit, Database } from '../../platform/database/index.ts';
import type { Transaction } from '../../platform/database/index.ts';
import { accepted, notFound } from '../../platform/errors/index.ts';
import { creationId } from '../../platform/idempotency/index.ts';
import { JobBell } from '../../platform/jobs/index.ts';
import { Bus } from '../../platform/outbox/index.ts';
import { instantKey, pageOf, readCursor } from '../../platform/validation/index.ts';
import type { Page } from '../../platform/validation/index.ts';
import { Audit } from '../audit/index.ts';
import { bidderProfiles } from '../cabinets/index.ts';
import { openWallets } from '../wallet/index.ts';
import { auctionClosing, auctionNotices } from './auction.jobs.ts';
import { shownBid } from './bids.dto.ts';
import type { BidPage, ListBids } from './bids.dto.ts';
import {
  fenceLot,
  readClock,
  readHistory,
  readLastBids,
  readLotsBidOn,
} from './bids.repository.ts';
import { LeadSales } from '../leads/index.ts';
import { announceEnd } from './lot-events.ts';
import { LOTS_CHANNEL, lotsRing } from './lot-ring.ts';
import { LotFactsStore } from './lot-facts.ts';
import { stateOf } from './lot-record.ts';
import type { LotRow } from './lot-record.ts';
import type { CreateLot, ListLots, LotDetails } from './lots.dto.ts';
import { insertLot, listLots, readFollowed, readLotLeads, setFollowed } from './lots.repository.ts';
import type { LotFilter, Sight } from './lots.repository.ts';
import { leadRow, refuseTaken, sellerOf } from './lots.leads.ts';
import { termsOf } from './lots.terms.ts';
import { lotDetails, viewerOf } from './lots.view.ts';
import { readRules } from './rules.service.ts';
import type { AuctionRules } from './rules.dto.ts';
import { saveOutcome } from './sale.ts';
import { standingsOf } from './standings.ts';

/** Leads that a lot shows in a list, and by itself. */
const FEW_LEADS = 10;
const ALL_LEADS = 1_000;
const lotKeys = z.tuple([instantKey, z.uuid()]);
const seqKey = z.tuple([z.int().min(0)]);
/** Stands for no lot in particular. */
const NO_LOT = '00000000-0000-0000-0000-000000000000';

@Injectable()
export class LotsService {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(LotFactsStore) private readonly facts: LotFactsStore,
    @Inject(LeadSales) private readonly sales: LeadSales,
    @Inject(Bus) private readonly bus: Bus,
    @Inject(JobBell) private readonly bell: JobBell,
  ) {}

  /** Lots that the caller may see: by their end, closed ones the last first. Refuses `unknown_amount_band`. */
  async list(principal: Principal, query: ListLots): Promise<Page<LotDetails>> {
    const { tenantId } = principal;
    const after = query.cursor === undefined ? null : readCursor(lotKeys, query.cursor);
    const isClosed = query.phase === 'closed';
    return this.database.within({ tenantId }, async (tx) => {
      const { rules } = await readRules(tx, tenantId);
      const sight = await sightOf(tx, principal, rules);
      const page = { after, limit: query.limit + 1 };
      const { amount_band: wanted } = query;
      const band = wanted === undefined ? null : accepted(bandFrom(wanted, rules.amount_bands));
      const rows = await listLots(tx, tenantId, sight, filterOf(principal, query, band), page);
      const { items, next } = pageOf(rows, query.limit, (row) => [
        (isClosed ? row.closed_at : row.ends_at) ?? 0,
        row.id,
      ]);
      return { items: await this.details(tx, principal, rules, items, FEW_LEADS), next };
    });
  }

  /** A lot as the caller may see it. 404 when not at all. */
  async find(principal: Principal, id: string): Promise<LotDetails> {
    const { tenantId } = principal;
    return this.database.within({ tenantId }, async (tx) => {
      const { rules } = await readRules(tx, tenantId);
      const [row] = await this.visible(tx, principal, rules, [id]);
      if (row === undefined) throw notFound('lot');
      const [details] = await this.details(tx, principal, rules, [row], ALL_LEADS);
      if (details === undefined) throw notFound('lot');
      return details;
    });
  }

  /** Rows of those of these lots that the caller may see. */
  async visible(
    tx: Transaction,
    principal: Principal,
    rules: AuctionRules,
    ids: readonly string[],
  ): Promise<LotRow[]> {
    const sight = await sightOf(tx, principal, rules);
    const page = { after: null, limit: 1 };
    const found = ids.map((lotId) => {
      const filter = { ...filterOf(principal, { scope: 'market' }), lotId };
      return listLots(tx, principal.tenantId, sight, filter, page);
    });
    return (await Promise.all(found)).flat();
  }

  /** The bids of a lot, the last first, with numbers in place of bidders. None where they are secret. */
  async history(principal: Principal, id: string, query: ListBids): Promise<BidPage> {
    const { tenantId } = principal;
    const before = query.cursor === undefined ? null : readCursor(seqKey, query.cursor)[0];
    return this.database.within({ tenantId }, async (tx) => {
      const { rules } = await readRules(tx, tenantId);
      const [row] = await this.visible(tx, principal, rules, [id]);
      if (row === undefined) throw notFound('lot');
      if (areBidsSecret(row, stateOf(row))) return { items: [], next: null, secret: true };
      const rows = await readHistory(tx, id, before, query.limit + 1);
      const { items, next } = pageOf(rows, query.limit, ({ seq }) => [seq]);
      const shown = viewBids(items, viewerOf(principal)).map((view, index) =>
        shownBid({ ...view, bidder: items[index]?.bidder ?? 0 }),
      );
      return { items: shown, next, secret: false };
    });
  }

  /**
   * Puts leads on auction. Whoever brought them is paid: a partner, or the head office. Refuses as the rules of lots and
   * of leads do, and `sellers_differ`, `lead_on_auction` and `lead_given`.
   */
  async create(principal: Principal, request: CreateLot): Promise<LotDetails> {
    const { tenantId } = principal;
    const id = creationId();
    await this.database.within({ tenantId }, async (tx) => {
      const leads = await this.sales.forSale(tx, tenantId, request.lead_ids);
      if (leads.length < new Set(request.lead_ids).size) throw notFound('lead');
      const sellerId = sellerOf(principal, leads);
      refuseTaken(leads);
      const [tenant] = await tx.query<{ currency: string }>(
        'SELECT currency FROM tenant WHERE id = $1',
        [tenantId],
      );
      const currency = request.currency ?? tenant?.currency ?? '';
      const now = await readClock(tx);
      const opensAt = Math.max(request.opens_at ?? now, now);
      const lot = accepted(
        checkLot({
          id,
          sellerId,
          leadIds: request.lead_ids,
          currency,
          opensAt,
          endsAt: request.ends_at,
          terms: termsOf(request),
        }),
      );
      await openWallets(tx, tenantId, currency, [sellerId]);
      const byId = new Map(leads.map((lead) => [lead.id, lead]));
      const createdBy = `${principal.kind}:${principal.id}`;
      const offered = lot.leadIds.flatMap((leadId) => leadRow(byId.get(leadId), currency));
      const first = { relisted: 0, relistOf: null, at: now };
      insertLot(tx, tenantId, { lot, leads: offered, createdBy, ...first });
      await this.moveLeads(tx, tenantId, lot, 'auction', now);
      await Audit.record(tx, principal, 'lot.created', 'lot', id, {
        kind: lot.terms.kind,
        leads: lot.leadIds.length,
      });
      this.tell(tenantId, id);
    });
    return this.find(principal, id);
  }

  /** Takes a lot back that nobody has bid on. Refuses `lot_closed` and `lot_has_bids`. */
  async withdraw(principal: Principal, id: string): Promise<LotDetails> {
    const { tenantId } = principal;
    const facts = await this.facts.find(tenantId, id);
    if (facts === undefined || !maySell(principal, facts.lot)) throw notFound('lot');
    await this.database.within({ tenantId }, async (tx) => {
      const [row, now] = await Promise.all([fenceLot(tx, tenantId, id), readClock(tx)]);
      if (row === undefined) throw notFound('lot');
      const { state } = accepted(withdrawLot(stateOf(row)), 409);
      if (row.outcome !== null || state.outcome === null) return;
      saveOutcome(tx, tenantId, id, state.outcome, now);
      announceEnd(tx, tenantId, facts.lot, state, state.outcome, now);
      await this.moveLeads(tx, tenantId, facts.lot, 'working', now);
      await Audit.record(tx, principal, 'lot.withdrawn', 'lot', id);
      this.tell(tenantId, id);
    });
    return this.find(principal, id);
  }

  /** Says whether the caller wants to hear of a lot. */
  async follow(principal: Principal, id: string, follow: boolean): Promise<LotDetails> {
    const { tenantId } = principal;
    await this.find(principal, id);
    await this.database.within({ tenantId }, (tx) =>
      setFollowed(tx, tenantId, principal.id, id, follow),
    );
    return this.find(principal, id);
  }

  private async details(
    tx: Transaction,
    principal: Principal,
    rules: AuctionRules,
    rows: readonly LotRow[],
    mostLeads: number,
  ): Promise<LotDetails[]> {
    const viewer = viewerOf(principal);
    const ids = rows.map(({ id }) => id);
    const own = viewer.kind === 'participant' ? viewer.participantId : null;
    const sealed = rows.filter(({ terms }) => own !== null && terms.kind === 'sealed');
    const [now, bidOn, followed, leads, bids] = await Promise.all([
      readClock(tx),
      own === null ? new Set<string>() : readLotsBidOn(tx, own, ids),
      readFollowed(tx, principal.id, ids),
      readLotLeads(tx, ids, mostLeads),
      Promise.all(
        sealed.map(async ({ id }) => ({ id, bids: await readLastBids(tx, id, [own ?? '']) })),
      ),
    ]);
    const ownSealed = new Map(
      bids.flatMap(({ id, bids: mine }) => mine.map((bid) => [id, bid] as const)),
    );
    const around = { now, amountBands: rules.amount_bands, ownSealed, bidOn, followed, leads };
    return rows.map((row) => lotDetails(row, viewer, around));
  }

  private async moveLeads(
    tx: Transaction,
    tenantId: string,
    { id, leadIds }: Lot,
    kind: 'auction' | 'working',
    at: Instant,
  ): Promise<void> {
    const lot = kind === 'auction' ? { lotId: id } : {};
    accepted(await this.sales.move(tx, tenantId, { leadIds, kind, ...lot, mover: 'auction', at }));
  }

  private tell(tenantId: string, lotId: string): void {
    this.bus.ring(LOTS_CHANNEL, lotsRing(tenantId, lotId));
    afterCommit(() => {
      this.bell.ring(auctionClosing, { tenantId, lotId });
      this.bell.ring(auctionNotices, { tenantId });
    });
  }
}

/** What of the market somebody may see: who could bid, and has not had enough today. */
async function sightOf(
  tx: Transaction,
  { tenantId, restrictedTo, scopes }: Principal,
  rules: AuctionRules,
): Promise<Sight> {
  if (restrictedTo === undefined) return { participantId: null, market: null };
  const profiles = await bidderProfiles(tx, tenantId, [restrictedTo]);
  const nowhere = { lot: { id: NO_LOT }, cities: [], niches: [] };
  const known = { rules, profiles, books: null };
  const standing = (await standingsOf(tx, tenantId, nowhere, [restrictedTo], known)).get(
    restrictedTo,
  );
  const profile = profiles.get(restrictedTo);
  const maySee =
    scopes.has('auction:bid') &&
    standing !== undefined &&
    profile !== undefined &&
    isLotVisible(standing, false);
  if (!maySee) return { participantId: restrictedTo, market: null };
  const { match_city, match_niche } = rules.eligibility;
  const market = {
    cities: match_city ? profile.cities : null,
    niches: match_niche ? profile.niches : null,
  };
  return { participantId: restrictedTo, market };
}

function filterOf(
  { id, tenantId, restrictedTo }: Principal,
  query: Partial<ListLots> & Pick<ListLots, 'scope'>,
  amountBand: AmountBand | null = null,
): LotFilter {
  return {
    scope: query.scope,
    phase: query.phase ?? null,
    kind: query.kind ?? null,
    city: query.city ?? null,
    niche: query.niche ?? null,
    source: query.source ?? null,
    amountBand,
    accountId: id,
    sellerId: restrictedTo ?? tenantId,
    lotId: null,
  };
}

/** The head office takes back every lot with `auction:manage`, else its own. */
function maySell({ tenantId, restrictedTo, scopes }: Principal, { sellerId }: Lot): boolean {
  const isAll = restrictedTo === undefined && scopes.has('auction:manage');
  return isAll || sellerId === (restrictedTo ?? tenantId);
}
