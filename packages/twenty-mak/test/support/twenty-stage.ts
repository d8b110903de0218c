import { randomUUID } from 'node:crypto';
import { expect } from 'vitest';
import { TwentySimulator } from '../../src/connectors/twenty/simulator/index.ts';
import { startApp } from './app.ts';
import type { TestApp, TestTenant } from './app.ts';

/** As in a real twenty, with the limit of a minute raised. */
const LIMITS = [
  { calls: 100, window: 1_000 },
  { calls: 100_000, window: 60_000 },
];

/** A tenant and a twenty of its own, which a real worker keeps equal. */
export interface TwentyStage {
  readonly tenant: TestTenant;
  readonly twenty: TwentySimulator;
  /** Somebody works in twenty. */
  readonly person: { readonly userId: string };
  readonly connect: (settings?: object) => Promise<void>;
  /**
   * Nothing is left to do, and what there is to know of twenty has been asked since. The pauses are skipped in which people may
   * go on writing, and programs may say more. A dead letter is something to do unless `some` are expected.
   */
  readonly settled: (deadLetters?: 'none' | 'some') => Promise<void>;
  readonly rows: <Row extends object>(sql: string, ...values: unknown[]) => Promise<Row[]>;
  readonly close: () => Promise<void>;
}

export function startTwentyWorker(api: TestApp): Promise<TestApp> {
  return startApp({
    role: 'worker',
    database: api.database,
    env: { MAK_POLL_INTERVAL_MS: '200', PUBLIC_URL: api.url },
  });
}

export async function openTwentyStage(
  api: TestApp,
  ...pipelines: readonly string[]
): Promise<TwentyStage> {
  return openTwentyFor(api, await api.createTenant({ pipelines }));
}

/** The same for a tenant that is there. */
export async function openTwentyFor(api: TestApp, tenant: TestTenant): Promise<TwentyStage> {
  const twenty = new TwentySimulator({ limits: LIMITS });
  const address = await twenty.listen();
  const rows: TwentyStage['rows'] = (sql, ...values) =>
    api.database.query(sql, [tenant.id, ...values]);
  return {
    tenant,
    twenty,
    person: { userId: randomUUID() },
    rows,
    connect: async (settings = {}) => {
      const { status, body } = await api.call('/v1/connectors/twenty', {
        key: tenant.apiKey,
        method: 'PUT',
        body: {
          version: 0,
          settings: { address, calls_per_minute: 100_000, ...settings },
          secrets: { api_key: twenty.apiKey, webhook_secret: 'webhook secret of the tests' },
          poll_seconds: 5,
        },
      });
      if (status !== 200) throw new Error(JSON.stringify(body));
    },
    settled: async (deadLetters = 'none') => {
      await rows('UPDATE sync_connector SET poll_at = now() WHERE tenant_id = $1');
      await twenty.workspace.webhooks.settled();
      const look = async (): Promise<object[]> => {
        for (const pause of PAUSES) await rows(pause);
        return rows(UNSETTLED, deadLetters === 'some');
      };
      await expect.poll(look).toEqual([]);
    },
    close: async () => {
      await api.database.query('DELETE FROM sync_connector WHERE tenant_id = $1', [tenant.id]);
      await twenty.close();
    },
  };
}

const UNSETTLED = `SELECT entity, key, refusal::text FROM sync_pending WHERE tenant_id = $1 AND NOT ($2 AND dead_at IS NOT NULL)
  UNION ALL SELECT 'resync', NULL, NULL FROM sync_connector WHERE tenant_id = $1 AND resync ->> 'listed' = 'false'
  UNION ALL SELECT 'poll', NULL, NULL FROM sync_connector WHERE tenant_id = $1 AND poll_at <= now()
  UNION ALL SELECT 'message', NULL, NULL FROM twenty_message WHERE tenant_id = $1 AND read_at IS NULL
  UNION ALL SELECT 'stopped', reason, NULL FROM sync_connector WHERE tenant_id = $1 AND state = 'stopped'`;

/** Makes what waits for a pause to be over due. */
const PAUSES = [
  `UPDATE sync_pending SET due_at = now()
   WHERE tenant_id = $1 AND lease IS NULL AND dead_at IS NULL AND due_at > now() AND due_at < 'infinity'`,
  `UPDATE twenty_message SET received_at = received_at - interval '3 seconds' WHERE tenant_id = $1 AND read_at IS NULL`,
];
