import { setTimeout as sleep } from 'node:timers/promises';
import { Random } from '../../src/simulator/random.ts';
import { checkFreshBids, checkMarket } from './checks/auction.ts';
import { checkDeals } from './checks/deals.ts';
import { checkSubscription, checkWebhooks } from './checks/delivery.ts';
import { checkEvents, checkFresh } from './checks/events.ts';
import { checkOutbox, ofDeals, readOutbox } from './checks/outbox.ts';
import { Client } from './client.ts';
import { chooseFaults, FAULT_NAMES, strike } from './faults.ts';
import type { FaultName } from './faults.ts';
import { Installation } from './installation.ts';
import { startMoodyReceiver, Subscriber } from './listeners.ts';
import { Load } from './load.ts';
import { Market } from './market.ts';
import { compiled } from './pipeline.ts';
import { Report } from './report.ts';
import { Store } from './store.ts';
import { makeTenant } from './tenant.ts';

export interface Options {
  readonly seed: string;
  readonly rounds: number;
  /** Hears of every round. */
  readonly progress: (round: number, faults: readonly FaultName[]) => void;
}

export interface Outcome {
  readonly seed: string;
  readonly rounds: number;
  readonly faults: Readonly<Record<FaultName, number>>;
  readonly events: number;
  readonly edits: number;
  readonly deals: number;
  readonly published: number;
  readonly breaches: number;
  /** Bids that were accepted. */
  readonly bids: number;
  readonly lots: number;
  readonly closed: number;
  /** Closed more than a second after their end. */
  readonly closedLate: number;
  /** Leads that were given back. */
  readonly returned: number;
  /** Answers to bids, by what they say. */
  readonly bidding: Readonly<Record<string, number>>;
  readonly reconnections: number;
  /** Answers by status; 0 stands for none. */
  readonly statuses: Readonly<Record<string, number>>;
  readonly report: Report;
  readonly seconds: number;
}

/** How long the installation may take to deliver what is left when the load has ended. */
const QUIET_MS = 90_000;

/** Runs an installation under load through `rounds` rounds of faults, then compares all that is left with the truth. */
export async function runFaults({ seed, rounds, progress }: Options): Promise<Outcome> {
  const began = performance.now();
  const report = new Report();
  const random = new Random(`faults ${seed}`);
  const chance = new Random(`load ${seed}`);
  const installation = await Installation.start();
  const interrupt = (): void => void installation.close(false).finally(() => process.exit(130));
  process.once('SIGINT', interrupt).once('SIGTERM', interrupt);
  const receiver = await startMoodyReceiver(new Random(`receiver ${seed}`));
  const count = Object.fromEntries(FAULT_NAMES.map((name) => [name, 0])) as Record<
    FaultName,
    number
  >;
  try {
    const tenant = await makeTenant(installation, receiver.url);
    const { apis } = installation;
    const store = new Store(installation.ownerUrl, tenant.id);
    const client = new Client(apis, tenant.apiKey, chance, report);
    const load = new Load(client, chance, report);
    const market = new Market(client, new Random(`market ${seed}`), report, tenant.companies);
    const subscriber = new Subscriber(apis, tenant.apiKey, chance);
    subscriber.start();
    await market.start();
    load.start();
    for (let round = 1; round <= rounds; round += 1) {
      await sleep(random.int(100, 400));
      const faults = chooseFaults(random);
      for (const fault of faults) count[fault] += 1;
      progress(round, faults);
      await strike(faults, installation, random);
      await load.probe(round);
      await checkFresh(store, load.takeFresh(), report);
      await checkFreshBids(store, market.bidding.takeFresh(), report);
    }
    await Promise.all([load.stop(), market.stop()]);
    await installation.up();
    const present = await quiesce(installation, client, store);
    const rows = await readOutbox(store);
    const told = ofDeals(rows);
    await until(() => subscriber.received.length >= told.length, QUIET_MS);
    await subscriber.stop();

    await checkEvents(store, load, report);
    const deals = await checkDeals(store, load.named, compiled(), present, report);
    await checkOutbox(store, rows, report);
    checkWebhooks(rows, receiver.accepted, report);
    checkSubscription(told, subscriber.received, report);
    const figures = await checkMarket(store, market, rows, report);
    for (const words of installation.misdeeds) report.expect(false, 'process', () => words);
    return {
      seed,
      rounds,
      faults: count,
      events: load.acknowledged.size,
      edits: load.edits.filter(({ acknowledged }) => acknowledged).length,
      deals,
      published: rows.length,
      breaches: rows.filter(({ type }) => type === 'masterdeal.sla.breached').length,
      ...figures,
      bidding: market.bidding.answers,
      reconnections: subscriber.connections - 1,
      statuses: Object.fromEntries(client.statuses),
      report,
      seconds: Math.round((performance.now() - began) / 1_000),
    };
  } finally {
    process.off('SIGINT', interrupt).off('SIGTERM', interrupt);
    await installation.close(report.total > 0);
    await receiver.close();
  }
}

/**
 * Stops the tenant's clock and waits until everything that is due has been published and delivered, and every lot that
 * ends soon is closed and told of. Gives the tenant's present.
 */
async function quiesce(
  { operatorKey }: Installation,
  client: Client,
  store: Store,
): Promise<number> {
  const [now] = await store.rows<{ now: number }>('SELECT now() AS now, $1::uuid AS tenant');
  const present = Math.floor(now?.now ?? 0);
  await client.as(operatorKey).insist(`/v1/tenants/${store.tenantId}/clock`, {
    body: { frozen_at: new Date(present).toISOString() },
  });
  await until(async () => {
    const left = await store.number(
      `SELECT (SELECT count(*) FROM sla_run WHERE tenant_id = $1 AND closed_at IS NULL AND NOT breach_published
           AND due_at < to_timestamp($2::float8 / 1000))
         + (SELECT count(*) FROM webhook_delivery WHERE tenant_id = $1 AND status <> 'delivered')
         + (SELECT count(*) FROM outbox o WHERE tenant_id = $1
           AND NOT EXISTS (SELECT FROM webhook_delivery d WHERE d.event_id = o.event_id))
         + (SELECT count(*) FROM lot WHERE tenant_id = $1 AND outcome IS NULL AND ends_at < now() + interval '10 minutes')
         + (SELECT count(*) FROM lot_notice n JOIN lot ON lot.id = n.lot_id
           WHERE n.tenant_id = $1 AND NOT n.finished AND lot.outcome IS NOT NULL) AS count`,
      present,
    );
    return left === 0;
  }, QUIET_MS);
  return present;
}

/** Waits until it is so, or until the time is over; then the checks tell what is missing. */
async function until(isSo: () => boolean | Promise<boolean>, patience: number): Promise<void> {
  const deadline = performance.now() + patience;
  while (!(await isSo()) && performance.now() < deadline) await sleep(100);
}
