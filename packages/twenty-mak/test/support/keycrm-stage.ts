import { expect } from 'vitest';
import { KeyCrmSimulator } from '../../src/connectors/keycrm/simulator/index.ts';
import type { TestApp, TestTenant } from './app.ts';
import { askedAnew } from './asked-anew.ts';
import { TenantStage } from './tenant-stage.ts';

const SECRET = 'an-address-that-nobody-guesses';

export async function openKeyCrmStage(
  api: TestApp,
  settings: Record<string, unknown> = {},
): Promise<KeyCrmStage> {
  const tenant = await api.createTenant(settings);
  const keycrm = new KeyCrmSimulator({ limit: { calls: 100_000, window: 60_000 } });
  return new KeyCrmStage(api, tenant, keycrm, await keycrm.listen());
}

async function nothingIsLeft(rows: KeyCrmStage['rows']): Promise<void> {
  const left = `SELECT key, refusal::text FROM sync_pending WHERE tenant_id = $1 AND dead_at IS NULL AND due_at < 'infinity'
     UNION ALL SELECT 'resync', NULL FROM sync_connector WHERE tenant_id = $1 AND resync ->> 'listed' = 'false'
     UNION ALL SELECT 'stopped', reason FROM sync_connector WHERE tenant_id = $1 AND state = 'stopped'`;
  await expect.poll(() => rows(left)).toEqual([]);
}

/** A tenant and a KeyCRM of its own, which a real worker keeps equal. */
export class KeyCrmStage extends TenantStage {
  readonly keycrm: KeyCrmSimulator;
  private readonly address: string;

  constructor(api: TestApp, tenant: TestTenant, keycrm: KeyCrmSimulator, address: string) {
    super(api, tenant);
    this.keycrm = keycrm;
    this.address = address;
  }

  /** With the first source and warehouse of the account. By itself it asks KeyCRM for nothing within an hour. */
  async connect(more: object = {}, version = 0): Promise<void> {
    await this.set(more, version);
    await this.settled();
  }

  async set(more: object, version: number): Promise<void> {
    const { sources, warehouses } = this.keycrm.account.settings;
    const warehouse = { mak: 'main', keycrm: warehouses.all[0]?.id };
    await this.call('PUT', '/v1/connectors/keycrm', {
      version,
      settings: {
        ...{ address: this.address, source: sources.all[0]?.id, calls_per_minute: 60_000 },
        ...{ warehouses: [warehouse], ...more },
      },
      secrets: { api_key: this.keycrm.apiKey, webhook_secret: SECRET },
      poll_seconds: 3_600,
    });
  }

  /** Nothing is left to do, and KeyCRM was asked since what changed. */
  readonly settled = async (): Promise<void> => {
    const [connector] = await this.rows<{ last: string }>(
      "SELECT entities[array_upper(entities, 1)] AS last FROM sync_connector WHERE tenant_id = $1 AND connector = 'keycrm'",
    );
    await askedAnew(this.rows, connector?.last ?? '');
    await nothingIsLeft(this.rows);
  };

  /** A message of KeyCRM, as it comes to one of the addresses. */
  readonly tell = async (event: string, body: object): Promise<number> => {
    const url = `${this.api.url}/api/keycrm/webhook/${event}/${this.tenant.key}/${SECRET}`;
    const headers = { 'content-type': 'application/json' };
    const answer = await fetch(url, { method: 'POST', headers, body: JSON.stringify(body) });
    return answer.status;
  };

  /** Listens to the live stream; gives what it says until a word comes. */
  readonly listen = async (): Promise<(word: string) => Promise<string>> => {
    const gone = new AbortController();
    const { body } = await fetch(`${this.api.url}/hubs/keycrm`, {
      headers: { authorization: `Bearer ${this.tenant.apiKey}` },
      signal: gone.signal,
    });
    const text = body?.pipeThrough(new TextDecoderStream()).getReader();
    let heard = '';
    return async (word) => {
      while (!heard.includes(word) || !heard.endsWith('\n\n'))
        heard += (await text?.read())?.value ?? '';
      gone.abort();
      return heard;
    };
  };

  override async close(): Promise<void> {
    await super.close();
    await this.keycrm.close();
  }
}
