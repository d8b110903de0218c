import { expect } from 'vitest';
import { AmocrmSimulator } from '../../src/connectors/amocrm/simulator/index.ts';
import { readRows, recordSchema } from '../../src/connectors/amocrm/simulator/inputs.ts';
import type { RecordEntity, StoredRecord } from '../../src/connectors/amocrm/simulator/stored.ts';
import { keep, writeRecords } from '../../src/connectors/amocrm/simulator/write-records.ts';
import { startApp } from './app.ts';
import type { TestApp, TestTenant } from './app.ts';
import { askedAnew } from './asked-anew.ts';
import { TenantStage } from './tenant-stage.ts';

export function startAmocrmWorker(api: TestApp): Promise<TestApp> {
  const env = { MAK_POLL_INTERVAL_MS: '200', PUBLIC_URL: api.url };
  return startApp({ role: 'worker', database: api.database, env });
}

export async function openAmocrmStage(
  api: TestApp,
  ...pipelines: readonly string[]
): Promise<AmocrmStage> {
  const tenant = await api.createTenant({ pipelines });
  const amocrm = new AmocrmSimulator();
  return new AmocrmStage(api, tenant, amocrm, await amocrm.listen());
}

async function nothingIsLeft(rows: AmocrmStage['rows']): Promise<void> {
  const left = `SELECT entity, key, refusal::text FROM sync_pending WHERE tenant_id = $1 AND dead_at IS NULL
     UNION ALL SELECT 'resync', NULL, NULL FROM sync_connector WHERE tenant_id = $1 AND resync ->> 'listed' = 'false'
     UNION ALL SELECT 'message', NULL, NULL FROM sync_message WHERE tenant_id = $1 AND read_at IS NULL
     UNION ALL SELECT 'stopped', reason, NULL FROM sync_connector WHERE tenant_id = $1 AND state = 'stopped'`;
  await expect.poll(() => rows(left)).toEqual([]);
}

/** A tenant and an amoCRM of its own, which a real worker keeps equal. */
export class AmocrmStage extends TenantStage {
  readonly amocrm: AmocrmSimulator;
  private readonly address: string;

  constructor(api: TestApp, tenant: TestTenant, amocrm: AmocrmSimulator, address: string) {
    super(api, tenant);
    this.amocrm = amocrm;
    this.address = address;
  }

  /** By itself it asks amoCRM for nothing within an hour. */
  async connect(
    entities: readonly string[],
    more: object = {},
    settings: object = {},
  ): Promise<void> {
    await this.call('PUT', '/v1/connectors/amocrm', {
      version: 0,
      settings: { address: this.address, nobody: this.amocrm.account.users[0]?.email, ...settings },
      secrets: { token: this.amocrm.oauth.longLived() },
      entities,
      poll_seconds: 3_600,
      ...more,
    });
    await this.settled();
  }

  /** Nothing is left to do, and amoCRM was asked since what changed. */
  readonly settled = async (): Promise<void> => {
    const [connector] = await this.rows<{ last: string }>(
      "SELECT entities[array_upper(entities, 1)] AS last FROM sync_connector WHERE tenant_id = $1 AND connector = 'amocrm'",
    );
    await askedAnew(this.rows, connector?.last ?? '');
    await nothingIsLeft(this.rows);
  };

  /** A person makes a record in amoCRM, or edits one. */
  readonly byHand = (entity: RecordEntity, values: object): StoredRecord => {
    const { account } = this.amocrm;
    const [nobody, author] = account.users.map(({ id }) => id);
    const mode = 'id' in values ? 'update' : 'create';
    const input = mode === 'update' ? values : { responsible_user_id: nobody, ...values };
    const sent = readRows(recordSchema, [input]);
    const [record] = writeRecords(account, entity, sent, mode, author ?? 0);
    if (record === undefined) throw new Error('Nothing was written.');
    return record;
  };

  readonly deleteByHand = (entity: RecordEntity, id: number): void => {
    const record = this.amocrm.account.records[entity].get(id);
    if (record === undefined) throw new Error('It is not there.');
    keep(this.amocrm.account, [{ ...record, scalars: { ...record.scalars, is_deleted: true } }]);
  };

  readonly there = (entity: RecordEntity): readonly StoredRecord[] => [
    ...this.amocrm.account.records[entity].values(),
  ];

  override async close(): Promise<void> {
    await super.close();
    await this.amocrm.close();
  }
}
