import { auditLedger, checkHistory, holdKey } from 'twenty-mak-domain';
import type { Bid, Hold, LedgerAccount, LedgerEntry } from 'twenty-mak-domain';
import { lotOf, stateOf } from '../features/auction/lot-record.ts';
import type { LotRow } from '../features/auction/lot-record.ts';

/** Reads rows past row-level security. */
export type Read = <Row extends object>(sql: string, values: readonly unknown[]) => Promise<Row[]>;

/** What stands in the database about a lot and all the money of its tenant, held against the rules. Empty when all is right. */
export async function faultsOf(
  read: Read,
  tenantId: string,
  lotId: string,
): Promise<readonly string[]> {
  return [...(await faultsOfLot(read, tenantId, lotId)), ...(await faultsOfMoney(read, tenantId))];
}

/** The same of a lot alone: its history, what is held for it, and who was paid. */
export async function faultsOfLot(
  read: Read,
  tenantId: string,
  lotId: string,
): Promise<readonly string[]> {
  const times = ['opens_at', 'planned_end', 'ends_at', 'last_at'].map((name) => millis(name));
  const [row] = await read<LotRow>(
    `SELECT id, seller_id, terms, currency, seq, extensions, leader_id, price::float8, outcome, unsold_reason, winner_id, winning_seq,
       final_price::float8, ${times.join(', ')} FROM lot WHERE tenant_id = $1 AND id = $2`,
    [tenantId, lotId],
  );
  if (row === undefined) return ['there is no such lot'];
  const bids = await read<Bid>(
    `SELECT seq, key, bidder_id AS "bidderId", offered::float8, amount::float8, extensions, ${millis('at')},
       ${millis('ends_at', 'endsAt')} FROM bid WHERE lot_id = $1 ORDER BY seq`,
    [lotId],
  );
  const lot = lotOf(row);
  const state = stateOf(row);
  const history = checkHistory(lot, bids, state.outcome);
  const last = bids.at(-1);
  const faults = history === null ? [] : [`history: ${JSON.stringify(history)}`];
  if (state.seq !== bids.length) faults.push(`seq ${state.seq} with ${bids.length} bids`);
  if (last !== undefined && state.endsAt !== last.endsAt) faults.push('the end differs');
  const isOpen = lot.terms.kind !== 'sealed';
  if (
    isOpen &&
    (row.leader_id !== (last?.bidderId ?? null) || row.price !== (last?.amount ?? null))
  )
    faults.push('the leader differs');
  faults.push(...differences('held is', await heldFor(read, tenantId, lotId), heldBy(row, bids)));
  faults.push(...differences('paid was', await paidFor(read, tenantId, lotId), paymentOf(row)));
  return faults;
}

/** Who should have how much held. */
function heldBy(row: LotRow, bids: readonly Bid[]): Amounts {
  if (row.outcome !== null) return [];
  const counting = row.terms.kind === 'sealed' ? bids : bids.slice(-1);
  return [...new Map(counting.map(({ bidderId, amount }) => [bidderId, amount]))];
}

/** Who should have given what for the lot, and who got it. */
function paymentOf({
  outcome,
  winner_id: winner,
  seller_id: seller,
  final_price,
}: LotRow): Amounts {
  if (outcome !== 'sold') return [];
  const price = final_price ?? 0;
  return [
    [winner ?? '', -price],
    [seller, price],
  ];
}

/** Minor units by owner. */
type Amounts = readonly (readonly [owner: string, amount: number])[];

function differences(what: string, found: Amounts, expected: Amounts): readonly string[] {
  const text = (amounts: Amounts): string =>
    amounts
      .map(([owner, amount]) => `${owner} ${amount}`)
      .toSorted()
      .join();
  return text(found) === text(expected)
    ? []
    : [`${what} ${text(found)} and must be ${text(expected)}`];
}

async function heldFor(read: Read, tenantId: string, lotId: string): Promise<Amounts> {
  const rows = await read<{ owner: string; amount: number }>(
    `SELECT a.owner_id AS owner, h.amount::float8 FROM wallet_hold h JOIN wallet_account a ON a.id = h.account_id
     WHERE h.tenant_id = $1 AND h.purpose = $2 AND h.amount > 0`,
    [tenantId, lotId],
  );
  return rows.map(({ owner, amount }) => [owner, amount]);
}

async function paidFor(read: Read, tenantId: string, lotId: string): Promise<Amounts> {
  const rows = await read<{ owner: string; amount: number }>(
    `SELECT a.owner_id AS owner, sum(p.amount)::float8 AS amount
     FROM wallet_entry e JOIN wallet_posting p ON p.tenant_id = e.tenant_id AND p.entry_id = e.id
     JOIN wallet_account a ON a.id = p.account_id
     WHERE e.tenant_id = $1 AND e.kind = 'capture' AND e.id LIKE $2 GROUP BY a.owner_id`,
    [tenantId, `lot/${lotId}/%`],
  );
  return rows.map(({ owner, amount }) => [owner, amount]);
}

/**
 * All the money of a tenant: entries sum to zero, balances and holds follow from what is written, nobody holds what is not
 * there, unless a return took it back meanwhile.
 */
export async function faultsOfMoney(read: Read, tenantId: string): Promise<readonly string[]> {
  const accounts = await read<LedgerAccount & { owner: string }>(
    `SELECT id, kind, currency, owner_id AS owner, balance::float8, held::float8 FROM wallet_account WHERE tenant_id = $1`,
    [tenantId],
  );
  const holds = await read<Hold>(
    'SELECT account_id AS "accountId", purpose, amount::float8 FROM wallet_hold WHERE tenant_id = $1 AND amount > 0',
    [tenantId],
  );
  const entries = await read<LedgerEntry>(
    `SELECT e.id, e.kind, e.currency, ${millis('at')}, (SELECT jsonb_agg(jsonb_build_object('accountId', p.account_id, 'amount', p.amount))
       FROM wallet_posting p WHERE p.tenant_id = e.tenant_id AND p.entry_id = e.id) AS postings
     FROM wallet_entry e WHERE tenant_id = $1`,
    [tenantId],
  );
  const ledger = {
    accounts: new Map(accounts.map((account) => [account.id, account])),
    holds: new Map(holds.map((hold) => [holdKey(hold.accountId, hold.purpose), hold])),
    entries: new Map(entries.map((entry) => [entry.id, entry])),
  };
  const faults = auditLedger(ledger).map((one) => `ledger: ${JSON.stringify(one)}`);
  const taken = takenBack(entries);
  for (const { id, kind, balance, held, owner } of accounts)
    if (kind === 'wallet' && balance + (taken.get(id) ?? 0) < held)
      faults.push(`${owner} holds more than it has`);
  return faults;
}

/** What reversals took from whom, by account: only they may leave a debt. */
function takenBack(entries: readonly LedgerEntry[]): ReadonlyMap<string, number> {
  const taken = new Map<string, number>();
  for (const { kind, postings } of entries)
    for (const { accountId, amount } of kind === 'reversal' ? postings : [])
      if (amount < 0) taken.set(accountId, (taken.get(accountId) ?? 0) - amount);
  return taken;
}

/** When a bid was sent and answered, in milliseconds of one clock, and its number. */
export interface Answered {
  readonly sent: number;
  readonly answered: number;
  readonly seq: number;
}

/** Whether numbers follow real time: a bid that was sent after another had been answered has the greater number. */
export function isInRealTime(bids: readonly Answered[]): boolean {
  let lastSent = -Infinity;
  for (const { sent, answered } of bids.toSorted((one, two) => one.seq - two.seq)) {
    if (answered < lastSent) return false;
    lastSent = Math.max(lastSent, sent);
  }
  return true;
}

function millis(column: string, name = column): string {
  return `(extract(epoch FROM ${column}) * 1000)::float8 AS "${name}"`;
}
