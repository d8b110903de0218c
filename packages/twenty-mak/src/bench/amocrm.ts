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
      const call = `${method} ${url.replace(/^\/api\/v4\//, '').replace(/\?.*/, '')}`;
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
      settings: { address },
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

  /** Throws unless amoCRM was never asked too often, nothing was written as it was or came back, and both sides have the same deals. */
  async assertEqual(): Promise<void> {
    const { limits } = this.simulator;
    if (limits.rejected > 0) throw new Error(`amoCRM refused ${limits.rejected} calls`);
    if (this.written.useless > 0)
      throw new Error(`${this.written.useless} leads were written as they were`);
    const { rows } = await this.owner.query<{ id: string; name: string }>(
      'SELECT id, name FROM deal WHERE tenant_id = $1 AND archived_at IS NULL',
      [this.tenant.id],
    );
    if (this.written.useful !== rows.length)
      throw new Error(`${rows.length} deals were written ${this.written.useful} times`);
    const echoes = await this.eventsFromThere();
    if (echoes > 0) throw new Error(`${echoes} changes came back`);
    const field = this.simulator.account.fields.find(({ name }) => name === 'master_deal_id');
    const there = new Map(
      [...this.simulator.account.records.leads.values()].map(
        ({ custom, scalars }) => [custom.get(field?.id ?? 0)?.[0]?.value, scalars['name']] as const,
      ),
    );
    for (const { id, name } of rows)
      if (there.get(id) !== name)
        throw new Error(`deal ${id} is ${name}, and in amoCRM ${String(there.get(id))}`);
    if (there.size !== rows.length)
      throw new Error(`${rows.length} deals, and ${there.size} leads in amoCRM`);
  }
}
