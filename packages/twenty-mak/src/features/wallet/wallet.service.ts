import { Inject, Injectable } from '@nestjs/common';
import { applyToLedger, reversalId, topUpEntry } from 'twenty-mak-domain';
import { z } from 'zod';
import type { Principal } from '../../platform/auth/index.ts';
import { Database } from '../../platform/database/index.ts';
import type { Transaction } from '../../platform/database/index.ts';
import { accepted, forbidden, notFound, RefusalError } from '../../platform/errors/index.ts';
import { pageOf, readCursor } from '../../platform/validation/index.ts';
import type { Page } from '../../platform/validation/index.ts';
import { Audit } from '../audit/index.ts';
import { auditBooks } from './ledger.audit.ts';
import { lockBooks, openWallets, OUTSIDE, readEntries, saveBooks } from './ledger.repository.ts';
import { lotOfEntry, statementLineView, walletSummary, walletView } from './wallet.dto.ts';
import type {
  AuditView,
  FindWallet,
  ListWallets,
  ReversalRequest,
  StatementLineView,
  StatementOf,
  ToppedUp,
  TopUpRequest,
  WalletSummary,
  WalletView,
} from './wallet.dto.ts';
import {
  findWallet,
  isCompany,
  ledgerTime,
  listHolds,
  listWallets,
  readLotNames,
  readStatement,
} from './wallet.repository.ts';
import type { HoldRow, WalletRow } from './wallet.repository.ts';

/** In place of a provider: top-ups that people of the head office record. No provider has this name. */
export const MANUAL = 'manual';
/** Holds that a wallet shows; nobody leads more lots at a time. */
const MOST_HOLDS = 500;
const MOST_FAULTS = 100;
const placeKey = z.tuple([z.int().min(0)]);
const idKey = z.tuple([z.uuid()]);

/** Money from outside, whoever tells of it. */
export interface Receipt {
  readonly provider: string;
  /** The provider's own id of it, by which it is recorded once. */
  readonly providerId: string;
  readonly ownerId: string;
  readonly amount: number;
  readonly currency: string | undefined;
  readonly actor: string;
  readonly note?: string | null;
}

@Injectable()
export class WalletService {
  constructor(@Inject(Database) private readonly database: Database) {}

  /**
   * The own wallet, or with `wallet:manage` anybody's, without what is held for sealed bids: those are nobody else's business
   * until the lot is closed. One that nothing has been put into yet is empty.
   */
  async find(principal: Principal, query: FindWallet): Promise<WalletView> {
    const { tenantId, restrictedTo } = principal;
    const ownerId = ownerOf(principal, query.account_id);
    const { row, holds } = await this.database.within({ tenantId, restrictedTo }, (tx) =>
      readWallet(tx, principal, ownerId, query.currency),
    );
    // The rows of open lots are not a bidder's to read, but what these are called has been seen by who bid on them.
    const names = await this.database.within({ tenantId }, (tx) =>
      readLotNames(tx, tenantId, lotsOf(holds)),
    );
    return walletView(row, holds, names);
  }

  /** All wallets, in the order in which they were opened. */
  async list(principal: Principal, { limit, cursor }: ListWallets): Promise<Page<WalletSummary>> {
    const { tenantId } = principal;
    headOfficeOnly(principal);
    const after = cursor === undefined ? null : readCursor(idKey, cursor)[0];
    const rows = await this.database.within({ tenantId }, (tx) =>
      listWallets(tx, tenantId, after, limit + 1),
    );
    const page = pageOf(rows, limit, ({ id }) => [id]);
    return { items: page.items.map(walletSummary), next: page.next };
  }

  /** What a wallet got and gave, the last first. */
  async statement(principal: Principal, query: StatementOf): Promise<Page<StatementLineView>> {
    const { tenantId, restrictedTo } = principal;
    const ownerId = ownerOf(principal, query.account_id);
    const before = query.cursor === undefined ? null : readCursor(placeKey, query.cursor)[0];
    return this.database.within({ tenantId, restrictedTo }, async (tx) => {
      const { currency } = await ledgerTime(tx, tenantId);
      const wallet = await findWallet(tx, tenantId, ownerId, query.currency ?? currency, 'owner');
      if (wallet === undefined) return { items: [], next: null };
      const rows = await readStatement(tx, wallet.id, before, query.limit + 1);
      const page = pageOf(rows, query.limit, ({ place }) => [place]);
      const lots = page.items.map(lotOfEntry).filter((id) => id !== null);
      const names = await readLotNames(tx, tenantId, lots);
      return { items: page.items.map((row) => statementLineView(row, names)), next: page.next };
    });
  }

  /** Records money that has come in for a company or the head office. The same reference again changes nothing. */
  async topUp(principal: Principal, request: TopUpRequest): Promise<ToppedUp> {
    const { account_id: ownerId, amount, currency, reference, note } = request;
    const { tenantId } = principal;
    headOfficeOnly(principal);
    return this.database.within({ tenantId }, async (tx) => {
      const { entryId, repeated } = await receive(tx, tenantId, {
        provider: MANUAL,
        providerId: reference,
        ownerId,
        amount,
        currency,
        actor: `${principal.kind}:${principal.id}`,
        note: note ?? null,
      });
      if (!repeated)
        await Audit.record(tx, principal, 'wallet.topped_up', 'wallet', ownerId, {
          amount,
          entry: entryId,
        });
      const wallet = await viewWallet(tx, principal, ownerId, currency);
      return { entry_id: entryId, repeated, wallet };
    });
  }

  /** Takes back a top-up that was a mistake. It may leave a debt. Refuses `unknown_entry` and `not_a_top_up`. */
  async reverse(principal: Principal, { entry_id: id, note }: ReversalRequest): Promise<ToppedUp> {
    const { tenantId } = principal;
    headOfficeOnly(principal);
    return this.database.within({ tenantId }, async (tx) => {
      const entry = (await readEntries(tx, tenantId, [id])).get(id);
      if (entry === undefined) throw notFound('entry');
      if (entry.kind !== 'top_up') throw notTopUp();
      const owners = await ownersOf(
        tx,
        entry.postings.map(({ accountId }) => accountId),
      );
      const books = await lockBooks(tx, tenantId, { currency: entry.currency, owners });
      const entries = await readEntries(tx, tenantId, [id, reversalId(id)]);
      const { now } = await ledgerTime(tx, tenantId);
      const change = accepted(
        applyToLedger({ ...books.ledger, entries }, [{ kind: 'reverse', entryId: id, at: now }]),
      );
      const actor = `${principal.kind}:${principal.id}`;
      saveBooks(tx, tenantId, change, { actor, note });
      const [made] = change.entries;
      const ownerId = owners.find((owner) => owner !== OUTSIDE) ?? '';
      if (made !== undefined)
        await Audit.record(tx, principal, 'wallet.reversed', 'wallet', ownerId, { entry: id });
      const wallet = await viewWallet(tx, principal, ownerId, entry.currency);
      return { entry_id: reversalId(id), repeated: made === undefined, wallet };
    });
  }

  /** Compares all books with their postings and holds. */
  async audit(principal: Principal): Promise<AuditView> {
    const { tenantId } = principal;
    headOfficeOnly(principal);
    const faults = await this.database.within({ tenantId }, (tx) =>
      auditBooks(tx, tenantId, MOST_FAULTS),
    );
    return { ok: faults.length === 0, faults: [...faults] };
  }
}

/** As the principal may see it: what somebody else has put into a sealed lot is not in it until the lot is closed. */
async function readWallet(
  tx: Transaction,
  { tenantId, restrictedTo }: Principal,
  ownerId: string,
  wanted: string | undefined,
): Promise<{ row: WalletRow; holds: readonly HoldRow[] }> {
  const viewer = restrictedTo === ownerId ? 'owner' : 'other';
  const currency = wanted ?? (await ledgerTime(tx, tenantId)).currency;
  const row = await findWallet(tx, tenantId, ownerId, currency, viewer);
  if (row === undefined) return { row: emptyWallet(ownerId, currency), holds: [] };
  return { row, holds: await listHolds(tx, row.id, viewer, MOST_HOLDS) };
}

/** The same with the names of lots, in a transaction that sees all of the tenant. */
async function viewWallet(
  tx: Transaction,
  principal: Principal,
  ownerId: string,
  currency: string | undefined,
): Promise<WalletView> {
  const { row, holds } = await readWallet(tx, principal, ownerId, currency);
  return walletView(row, holds, await readLotNames(tx, principal.tenantId, lotsOf(holds)));
}

function lotsOf(holds: readonly HoldRow[]): readonly string[] {
  return holds.map(({ purpose }) => purpose);
}

/**
 * Records money that has come in, once. The transaction sees all of the tenant. Refuses `unknown_account`, `not_a_company`,
 * and `entry_conflict` when the same id was recorded with another owner or amount.
 */
export async function receive(
  tx: Transaction,
  tenantId: string,
  receipt: Receipt,
): Promise<{ entryId: string; repeated: boolean }> {
  const { provider, providerId, ownerId, amount, actor, note = null } = receipt;
  await refuseOwner(tx, tenantId, ownerId);
  const time = await ledgerTime(tx, tenantId);
  const currency = receipt.currency ?? time.currency;
  const owners = [OUTSIDE, ownerId];
  await openWallets(tx, tenantId, currency, owners);
  const { ledger, byOwner } = await lockBooks(tx, tenantId, { currency, owners });
  const entry = topUpEntry({
    provider,
    providerId,
    currency,
    amount,
    at: time.now,
    outsideId: byOwner.get(OUTSIDE)?.id ?? '',
    walletId: byOwner.get(ownerId)?.id ?? '',
  });
  const entries = await readEntries(tx, tenantId, [entry.id]);
  const change = accepted(applyToLedger({ ...ledger, entries }, [{ kind: 'post', entry }]), 409);
  saveBooks(tx, tenantId, change, { actor, note });
  return { entryId: entry.id, repeated: change.entries.length === 0 };
}

/** Money in the wallet of anybody but a company or the head office would be where nobody reaches it. */
async function refuseOwner(tx: Transaction, tenantId: string, ownerId: string): Promise<void> {
  if (ownerId === tenantId) return;
  const company = await isCompany(tx, tenantId, ownerId);
  if (company === null) throw unknownOwner();
  if (!company) throw notCompany();
}

async function ownersOf(tx: Transaction, accountIds: readonly string[]): Promise<string[]> {
  const rows = await tx.query<{ owner_id: string }>(
    'SELECT owner_id FROM wallet_account WHERE id = ANY ($1::uuid[])',
    [accountIds],
  );
  return rows.map(({ owner_id }) => owner_id);
}

/** The head office has the tenant's own wallet. */
function ownerOf(principal: Principal, wanted: string | undefined): string {
  const own = principal.restrictedTo ?? principal.tenantId;
  if (wanted === undefined || wanted === own) return own;
  if (principal.restrictedTo !== undefined || !principal.scopes.has('wallet:manage'))
    throw notFound('wallet');
  return wanted;
}

function headOfficeOnly({ restrictedTo }: Principal): void {
  if (restrictedTo !== undefined) throw forbidden('Only the head office may do this.');
}

function emptyWallet(ownerId: string, currency: string): WalletRow {
  return { id: '', owner_id: ownerId, owner_name: null, currency, balance: 0, held: 0 };
}

function unknownOwner(): RefusalError {
  return new RefusalError({
    code: 'unknown_account',
    reason: 'There is no partner or franchisee with this id.',
    field: 'account_id',
  });
}

function notCompany(): RefusalError {
  return new RefusalError({
    code: 'not_a_company',
    reason:
      'Wallets belong to companies and to the head office, not to people. Name the head account of the partner or franchisee.',
    field: 'account_id',
  });
}

function notTopUp(): RefusalError {
  return new RefusalError({
    code: 'not_a_top_up',
    reason:
      'Only a top-up can be taken back here. What was paid for a lead comes back by its return.',
    field: 'entry_id',
  });
}
