import { TwentySimulator } from '../connectors/twenty/simulator/index.ts';
import { BenchConnected, openConnected } from './connected.ts';
import type { Connected } from './connected.ts';
import type { BenchPlace } from './frame.ts';

/** How much faster the limits of the simulated twenty are than those that twenty 2.21 has for a workspace. */
export const SPEED = 1;
const CALLS_PER_MINUTE = 100 * SPEED;
const LIMITS = [
  { calls: 100 * SPEED, window: 1_000 },
  { calls: CALLS_PER_MINUTE, window: 60_000 },
];
/** Calls a second that MaK allows itself of these. */
export const ALLOWED_PER_SECOND = (CALLS_PER_MINUTE / 60) * 0.97;
/** How often MaK asks what changed, in seconds: a minute of the real twenty. */
const POLL_SECONDS = Math.round(60 / SPEED);

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

  static async open(place: BenchPlace): Promise<BenchTwenty> {
    const simulator = new TwentySimulator({ limits: LIMITS });
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
      settings: { address, calls_per_minute: CALLS_PER_MINUTE },
      secrets: { api_key: simulator.apiKey, webhook_secret: 'webhook secret of the benchmark' },
      poll_seconds: POLL_SECONDS,
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

  /** Throws unless twenty was never asked too often, nothing was written twice, and both sides have the same deals. */
  async assertEqual(): Promise<void> {
    const { limits, workspace } = this.simulator;
    if (limits.rejected > 0) throw new Error(`twenty refused ${limits.rejected} calls`);
    if (workspace.written.useless > 0)
      throw new Error(`${workspace.written.useless} records were written as they were`);
    const { rows } = await this.owner.query<{ id: string; name: string; stage: string }>(
      'SELECT id, name, stage FROM deal WHERE tenant_id = $1 AND archived_at IS NULL',
      [this.tenant.id],
    );
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
    if (there.size !== rows.length)
      throw new Error(`${rows.length} deals, and ${there.size} in twenty`);
  }
}
