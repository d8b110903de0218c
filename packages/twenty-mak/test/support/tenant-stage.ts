import { randomUUID } from 'node:crypto';
import type { TestApp, TestTenant } from './app.ts';

/** A tenant that a real worker keeps equal with a system of its own, and what people do with it by the API. */
export class TenantStage {
  readonly tenant: TestTenant;
  protected readonly api: TestApp;

  constructor(api: TestApp, tenant: TestTenant) {
    this.api = api;
    this.tenant = tenant;
  }

  readonly rows = <Row extends object>(sql: string): Promise<Row[]> =>
    this.api.database.query<Row>(sql, [this.tenant.id]);

  readonly call = async <Body = unknown>(
    method: string,
    path: string,
    body?: object,
  ): Promise<Body> => {
    const answer = await this.api.call<Body>(path, {
      key: this.tenant.apiKey,
      method,
      headers: { 'idempotency-key': randomUUID() },
      ...(body === undefined ? {} : { body }),
    });
    if (answer.status >= 300) throw new Error(`${path}: ${JSON.stringify(answer.body)}`);
    return answer.body;
  };

  /** Nobody works for it any more. */
  async close(): Promise<void> {
    await this.rows('DELETE FROM sync_connector WHERE tenant_id = $1');
  }
}
