import { TwentySimulator } from '../connectors/twenty/simulator/index.ts';
import { BenchConnected, openConnected } from './connected.ts';
import type { Connected } from './connected.ts';
import type { BenchPlace } from './frame.ts';

/** How much faster the limits of the simulated twenty are than those that twenty 2.21 has for a workspace. */
export const SPEED = 1;
const CALLS_PER_MINUTE = 100;
/** Calls a second that MaK allows itself of these. */
export const ALLOWED_PER_SECOND = ((CALLS_PER_MINUTE * SPEED) / 60) * 0.97;

/** A tenant whose deals are kept equal with those of a simulated twenty that enforces its limits. */
export class BenchTwenty extends BenchConnected {
  /** While it is away it answers with the status 503. */
  isAway = false;
  /** Calls that count against the limits, by what they ask. */
  private readonly calls = new Map<string, number>();

  readonly simulator: TwentySimulator;

  private constructor(place: BenchPlace, connected: Connected, simulator: TwentySimulator) {
    super(place, connected);
    this.simulator = simulator;
  }

  /** `speed`: how much faster its limits are than those of twenty. */
  static async open(place: BenchPlace, speed = SPEED): Promise<BenchTwenty> {
    const calls = CALLS_PER_MINUTE * speed;
    const limits = [1_000, 60_000].map((window) => ({ calls, window }));
    const simulator = new TwentySimulator({ limits });
    const address = await simulator.listen();
    const bench = new BenchTwenty(place, await openConnected(place, 'twenty'), simulator);
    simulator.disturb = (body, response) => {
      if (bench.isAway) {
        response.writeHead(503).end();
        return 'answered';
      }
      const [, kind = 'else'] = /^\{"query":"(?:query|mutation) (\w+)/.exec(body) ?? [];
      const [, name = ''] = /(?:found|rows): (\w+)/.exec(body) ?? [];
      const call = `${kind} ${name}`;
      bench.calls.set(call, (bench.calls.get(call) ?? 0) + 1);
      return 'arrives';
    };
    await bench.call('PUT', '/v1/connectors/twenty', {
      version: 0,
      settings: { address, calls_per_minute: calls },
      secrets: { api_key: simulator.apiKey, webhook_secret: 'webhook secret of the benchmark' },
      // A minute of the real twenty, where MaK allows that.
      poll_seconds: Math.max(5, Math.round(60 / speed)),
    });
    await bench.drained();
    return bench;
  }

  async close(): Promise<void> {
    await this.disconnect();
    await this.simulator.close();
  }

  /** Ids of so many deals of this tenant that twenty has, by their ids there. */
  linked(count: number): { readonly id: string; readonly remoteId: string }[] {
    const rows = [...this.simulator.workspace.table('masterDeal').rows.values()];
    return rows.slice(0, count).map((row) => ({ id: String(row['makId']), remoteId: row.id }));
  }

  nameThere(remoteId: string): unknown {
    return this.simulator.workspace.table('masterDeal').rows.get(remoteId)?.['name'];
  }

  /** What twenty was asked since this was asked last. */
  callsSince(): string {
    const told = [...this.calls].map(([call, count]) => `${count} ${call}`).join(', ');
    this.calls.clear();
    return told;
  }

  /** Names of the deals that twenty has, by MaK's ids. */
  namesThere(): ReadonlyMap<unknown, unknown> {
    const rows = [...this.simulator.workspace.table('masterDeal').rows.values()];
    return new Map(rows.map((row) => [row['makId'], row['name']]));
  }

  /** Throws unless twenty was never asked too often, and nothing was written as it was or made twice. */
  async assertClean(): Promise<void> {
    const { limits, workspace } = this.simulator;
    if (limits.rejected > 0) throw new Error(`twenty refused ${limits.rejected} calls`);
    if (workspace.written.useless > 0)
      throw new Error(`${workspace.written.useless} records were written as they were`);
    const [here, there] = [await this.dealsHere(), workspace.table('masterDeal').rows.size];
    if (there > here.length) throw new Error(`${here.length} deals, and ${there} in twenty`);
  }

  /** Throws unless all of that holds, and both sides have the same deals. */
  async assertEqual(): Promise<void> {
    await this.assertClean();
    const { workspace } = this.simulator;
    const rows = await this.dealsHere();
    const stages = workspace.table('makStage').rows;
    const there = new Map(
      [...workspace.table('masterDeal').rows.values()].map((row) => [row['makId'], row]),
    );
    for (const { id, name, stage } of rows) {
      const row = there.get(id);
      const shown = String(stages.get(String(row?.['stageId']))?.['makId'] ?? '');
      if (row?.['name'] !== name || !shown.endsWith(`:${stage}`))
        throw new Error(`deal ${id} is ${name} in ${stage}, and in twenty ${JSON.stringify(row)}`);
    }
  }
}
