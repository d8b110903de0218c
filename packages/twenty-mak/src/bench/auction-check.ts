import { auditLedger, checkHistory, holdKey } from 'twenty-mak-domain';
import type { Bid, Hold, LedgerAccount, LedgerEntry } from 'twenty-mak-domain';
import { lotOf, stateOf } from '../features/auction/index.ts';
import type { LotRow } from '../features/auction/index.ts';

/** Reads rows past row-level security. */
export type Read = <Row extends object>(sql: string, values: readonly unknown[]) => Promise<Row[]>;

/** What stands in the database about a lot and all the money of its tenant, held against the rules. Empty when all is right. */
export async function faultsOf(
  read: Read,
  tenantId: string,
  lotId: string,
): Promise<readonly string[]> {
  const times = ['opens_at', 'planned_end', 'ends_at', 'last_at'].map((name) => millis(name));
  const [row] = await read<LotRow>(
    `SELECT id, seller_id, terms, currency, seq, extensions, leader_id, price::float8, outcome, unsold_reason, winner_id, winning_seq,
       final_price::float8, ${times.join(', ')} FROM lot WHERE id = $1`,
    [lotId],
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
  return [...faults, ...(await moneyFaults(read, tenantId, row, bids))];
}

async function moneyFaults(
  read: Read,
  tenantId: string,
  row: LotRow,
  bids: readonly Bid[],
): Promise<string[]> {
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
  for (const { kind, balance, held, owner } of accounts)
    if (kind === 'wallet' && balance < held) faults.push(`${owner} holds more than it has`);
  const ownerOf = new Map(accounts.map(({ id, owner }) => [id, owner]));
  const held = holds
    .filter(({ purpose }) => purpose === row.id)
    .map(({ accountId, amount }) => `${ownerOf.get(accountId)} ${amount}`);
  const counting = row.terms.kind === 'sealed' ? bids : bids.slice(-1);
  const leading = new Map(counting.map(({ bidderId, amount }) => [bidderId, amount]));
  const expected =
    row.outcome === null ? [...leading].map(([bidder, amount]) => `${bidder} ${amount}`) : [];
  if (held.toSorted().join() !== expected.toSorted().join())
    faults.push(`held is ${held.join()} and must be ${expected.join()}`);
  const paid = entries
    .filter(({ id }) => id.startsWith(`lot/${row.id}/`) && !id.endsWith('/reversal'))
    .flatMap(({ postings }) => postings)
    .filter(({ amount }) => amount > 0)
    .reduce((sum, { amount }) => sum + amount, 0);
  if (paid !== (row.final_price ?? 0)) faults.push(`paid were ${paid}, not ${row.final_price}`);
  return faults;
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
