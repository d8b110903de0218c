import { setTimeout as sleep } from 'node:timers/promises';
import { AMOCRM_BUDGET } from '../connectors/amocrm/pace.ts';
import { BATCH } from '../connectors/amocrm/batch-size.ts';
import { AmocrmSimulator } from '../connectors/amocrm/simulator/index.ts';
import { BenchConnected, openConnected } from './connected.ts';
import type { Connected } from './connected.ts';
import type { BenchPlace } from './frame.ts';

/** Fifty leads are looked for, made, and read back, because amoCRM answers ids alone. */
const CALLS_PER_BATCH = 3;
/** Leads a second that the configured calls allow; the limits of the simulator are those of amoCRM. */
export const LEADS_PER_SECOND = (AMOCRM_BUDGET.perSecond / CALLS_PER_BATCH) * BATCH;

/** Filters that say what a list is asked for. */
const BY = /^filter\[(?:id|updated_at|custom_fields_values)\]/;
/** Leads whose ids are known. */
const READ_AGAIN = 'GET leads filter[id][]';

/** A tenant whose deals are kept equal with the leads of a simulated amoCRM that enforces its limits and sends its webhooks. */
export class BenchAmocrm extends BenchConnected {
  readonly simulator: AmocrmSimulator;
  /** Writes of MaK, by whether they changed anything. */
  private readonly written = { useful: 0, useless: 0 };
  /** Calls of the API, by what they ask. */
  private readonly asked = new Map<string, number>();

  private constructor(place: BenchPlace, connected: Connected, simulator: AmocrmSimulator) {
    super(place, connected);
    this.simulator = simulator;
    simulator.disturb = ({ method = '', url = '' }) => {
      const { pathname, searchParams } = new URL(url, 'http://amocrm');
      const by = [...searchParams.keys()].find((name) => BY.test(name));
      const what = pathname.replace('/api/v4/', '') + (by === undefined ? '' : ` ${by}`);
      const call = `${method} ${what}`;
      this.asked.set(call, (this.asked.get(call) ?? 0) + 1);
      return 'arrives';
    };
    const { account } = simulator;
    const [robot] = account.users;
    const tell = account.onChange;
    account.onChange = (changes) => {
      for (const change of changes) {
        if (change.kind !== 'record' || !['add', 'update'].includes(change.action)) continue;
        const { before, after } = change;
        if (after.scalars['updated_by'] !== robot?.id) continue;
        const own = (record: typeof before): string =>
          JSON.stringify([{ ...record?.scalars, updated_at: 0 }, [...(record?.custom ?? [])]]);
        this.written[own(before) === own(after) ? 'useless' : 'useful'] += 1;
      }
      tell(changes);
    };
  }

  static async open(place: BenchPlace): Promise<BenchAmocrm> {
    const simulator = new AmocrmSimulator();
    const address = await simulator.listen();
    const bench = new BenchAmocrm(place, await openConnected(place, 'amocrm'), simulator);
    await bench.call('PUT', '/v1/connectors/amocrm', {
      version: 0,
      // As the documentation wants it: MaK's own user stands for nobody.
      settings: { address, nobody: simulator.account.users[0]?.email },
      secrets: { token: simulator.oauth.longLived() },
      poll_seconds: 60,
    });
    simulator.deliverByItself();
    await bench.drained();
    return bench;
  }

  async close(): Promise<void> {
    await this.disconnect();
    await this.simulator.close();
  }

  get leads(): number {
    return this.simulator.account.records.leads.size;
  }

  /** What amoCRM was asked since this was asked last. */
  callsSince(): string {
    const told = [...this.asked].map(([call, count]) => `${count} ${call}`).join(', ');
    this.asked.clear();
    return told;
  }

  /** Name of the lead of a deal; undefined while there is none. */
  nameThere(dealId: string): unknown {
    return this.leadOf(dealId)?.scalars['name'];
  }

  leadOf(
    dealId: string,
  ): { readonly id: number; readonly scalars: Readonly<Record<string, unknown>> } | undefined {
    const { fields, records } = this.simulator.account;
    const field = fields.find(({ name }) => name === 'master_deal_id');
    return [...records.leads.values()].find(
      ({ custom }) => custom.get(field?.id ?? 0)?.[0]?.value === dealId,
    );
  }

  /** Path under which MaK takes the messages of this account. */
  get webhookPath(): string {
    const [destination] = this.simulator.webhooks.all.keys();
    if (destination === undefined) throw new Error('MaK has subscribed to nothing.');
    return new URL(destination).pathname;
  }

  /** Messages of this account that MaK has kept. */
  async messagesKept(): Promise<number> {
    const { rows } = await this.owner.query<{ count: string }>(
      'SELECT count(*) FROM sync_message WHERE tenant_id = $1',
      [this.tenant.id],
    );
    return Number(rows[0]?.count);
  }

  /** Names of the leads that amoCRM has, by MaK's ids. */
  namesThere(): ReadonlyMap<unknown, unknown> {
    const { fields, records } = this.simulator.account;
    const field = fields.find(({ name }) => name === 'master_deal_id');
    return new Map(
      [...records.leads.values()].map(
        ({ custom, scalars }) => [custom.get(field?.id ?? 0)?.[0]?.value, scalars['name']] as const,
      ),
    );
  }

  /** Throws unless amoCRM was never asked too often, and nothing was written as it was, made twice, or came back. */
  async assertClean(): Promise<void> {
    const { limits } = this.simulator;
    if (limits.rejected > 0) throw new Error(`amoCRM refused ${limits.rejected} calls`);
    if (this.written.useless > 0)
      throw new Error(`${this.written.useless} leads were written as they were`);
    const echoes = await this.eventsFromThere();
    if (echoes > 0) throw new Error(`${echoes} changes came back`);
    const here = await this.dealsHere();
    if (this.leads > here.length)
      throw new Error(`${here.length} deals, and ${this.leads} leads in amoCRM`);
  }

  /** Throws unless all of that holds, everything was written once, and both sides have the same deals. */
  async assertEqual(): Promise<void> {
    await this.assertClean();
    const here = await this.dealsHere();
    if (this.written.useful !== here.length)
      throw new Error(`${here.length} deals were written ${this.written.useful} times`);
    const there = this.namesThere();
    for (const { id, name } of here)
      if (there.get(id) !== name)
        throw new Error(`deal ${id} is ${name}, and in amoCRM ${String(there.get(id))}`);
  }

  /** Resolves when nothing waits, and MaK has read everything that amoCRM has told. Throws when it has looked at its own writes for that. */
  async assertNoLooks(): Promise<void> {
    this.asked.clear();
    const unread = 'SELECT FROM sync_message WHERE tenant_id = $1 AND read_at IS NULL';
    // What is under way by itself comes meanwhile.
    await this.simulator.webhooks.deliverDue();
    await sleep(1_000);
    while ((await this.owner.query(unread, [this.tenant.id])).rowCount !== 0) await sleep(50);
    await this.drained();
    const looks = this.asked.get(READ_AGAIN) ?? 0;
    if (looks > 0) throw new Error(`${looks} times MaK looked at what it had written itself`);
  }
}
