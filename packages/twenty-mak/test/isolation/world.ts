import { randomUUID } from 'node:crypto';
import { ConnectorRegistry } from '../../src/connectors/sync/index.ts';
import { OuterSystem, outerConnector } from '../support/outer-system.ts';
import type { TestApp } from '../support/app.ts';
import { adminOf, PASSWORD, signIn } from '../support/people.ts';

/** Stands in every text of the first tenant. Nobody else may ever read it. */
export const MARKER = 'zebra-crossing';

/** Everything of the first tenant that a request may name. */
export interface World {
  readonly tenantId: string;
  readonly tenantKey: string;
  readonly apiKey: string;
  readonly pipeline: string;
  readonly deal: string;
  readonly otherDeal: string;
  readonly account: string;
  readonly invited: string;
  /** Head account of a franchisee, and somebody of its staff who is invited. */
  readonly company: string;
  readonly staff: string;
  readonly registration: string;
  readonly apiClient: string;
  readonly client: string;
  readonly clientSegment: string;
  readonly article: string;
  readonly order: string;
  readonly payment: string;
  readonly lead: string;
  readonly leadImport: string;
  readonly leadImportProfile: string;
  readonly clientImport: string;
  readonly clientImportProfile: string;
  readonly segment: string;
  /** Shared by somebody who sees all deals. */
  readonly view: string;
  readonly webhook: string;
  readonly delivery: string;
  readonly task: string;
  readonly notification: string;
  readonly migration: string;
  readonly embedSession: string;
  readonly twentyWorkspace: string;
  readonly conflict: string;
  readonly lot: string;
  readonly lotLead: string;
  readonly leadReturn: string;
  readonly run: Readonly<Record<'deal_id' | 'timer' | 'opened_source' | 'opened_event_id', string>>;
  readonly email: string;
}

/** Who tries to get at it, by bearer token. */
export interface Intruders {
  readonly foreignAdmin: string;
  readonly foreignKey: string;
  readonly withoutScopes: string;
  readonly partner: string;
}

async function made<Body>(mak: TestApp, path: string, key: string, body: object): Promise<Body> {
  const answer = await mak.call<Body>(path, { key, body });
  if (answer.status >= 300) {
    throw new Error(`${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
  }
  return answer.body;
}

interface NewTenant {
  readonly tenant: { readonly id: string };
  readonly api_key: { readonly secret: string };
  readonly accounts: readonly { readonly account: { readonly id: string } }[];
}

/** A tenant with at least one row of everything. */
export async function buildWorld(mak: TestApp): Promise<{ world: World; partner: string }> {
  const email = `${MARKER}@example.com`;
  const partnerEmail = `${MARKER}-partner@example.com`;
  const tenantKey = 'first-tenant';
  const person = (role: string, address: string) => ({
    email: address,
    name: `${MARKER} ${role}`,
    role,
    password: PASSWORD,
  });
  const { tenant, api_key, accounts } = await made<NewTenant>(mak, '/v1/tenants', mak.operatorKey, {
    key: tenantKey,
    name: `${MARKER} Ltd`,
    pipelines: ['credit'],
    accounts: [
      person('admin', email),
      person('partner', partnerEmail),
      person('franchisee', `${MARKER}-company@example.com`),
    ],
  });
  const apiKey = api_key.secret;
  const make = <Body>(path: string, body: object): Promise<Body> => made(mak, path, apiKey, body);

  const deal = async (name: string): Promise<string> =>
    (await make<{ id: string }>('/v1/deals', { name, pipeline: 'credit' })).id;
  const [first, second] = [await deal(`${MARKER} one`), await deal(`${MARKER} two`)];
  await make('/v1/events', {
    event_id: `${MARKER}-1`,
    source: 'bank',
    type: 'A_SUBMITTED',
    occurred_at: '2026-01-05T10:00:00Z',
    master_deal_id: first,
    data: { 'lifecycle:transition': 'COMPLETE', note: MARKER, contact: { email, name: MARKER } },
  });
  await mak.call('/v1/events', { key: apiKey, body: { event_id: MARKER, type: MARKER } });
  await mak.call('/v1/source-defaults/bank', {
    key: apiKey,
    method: 'PUT',
    body: { pipeline: 'credit' },
  });
  const view = await make<{ id: string }>('/v1/views', {
    kind: 'board',
    name: MARKER,
    shared: true,
    definition: { filter: { text: MARKER } },
  });
  const webhook = await make<{ id: string }>('/v1/webhooks', {
    url: `http://127.0.0.1:9/${MARKER}`,
    description: MARKER,
  });
  const delivery = await make<{ id: string }>(`/v1/webhooks/${webhook.id}/test`, {});
  const client = await make<{ id: string }>('/v1/clients', {
    name: MARKER,
    attributes: { note: MARKER },
    contacts: [{ name: MARKER, email }],
  });
  const article = await make<{ id: string }>('/v1/articles', { sku: MARKER, name: MARKER });
  await mak.call('/v1/articles/stocks', {
    key: apiKey,
    method: 'PUT',
    body: { stocks: [{ sku: MARKER, warehouse: MARKER, quantity: 1 }] },
  });
  const order = await make<{ id: string; payments: { id: string }[] }>('/v1/orders', {
    number: MARKER,
    client_id: client.id,
    currency: 'EUR',
    comment: MARKER,
    lines: [{ sku: MARKER, name: MARKER, quantity: 1, price: 100 }],
    payments: [{ amount: 50, description: MARKER }],
  });
  const { lead } = await make<{ lead: { id: string } }>('/v1/leads', {
    name: MARKER,
    emails: [email],
    title: MARKER,
    comment: MARKER,
    attributes: { note: MARKER },
    external_ref: { system: 'ads', id: MARKER },
    consent: { answer: 'given', evidence: MARKER },
  });
  const mapping = {
    columns: [{ column: `${MARKER} name`, field: 'name' }],
    defaults: { city: MARKER },
  };
  const leadImportProfile = await make<{ id: string }>('/v1/leads/import-profiles', {
    name: MARKER,
    profile: mapping,
  });
  const leadImport = await upload(mak, api_key.secret, 'leads');
  await make(`/v1/leads/imports/${leadImport}/check`, { profile: mapping });
  const ofClients = { ...mapping, defaults: { industry: MARKER } };
  const clientImportProfile = await make<{ id: string }>('/v1/clients/import-profiles', {
    name: MARKER,
    profile: ofClients,
  });
  const clientImport = await upload(mak, api_key.secret, 'clients');
  await make(`/v1/clients/imports/${clientImport}/check`, { profile: ofClients });
  const segment = await make<{ id: string }>('/v1/leads/segments', {
    name: MARKER,
    filter: { field: 'city', is: [MARKER] },
    shared: true,
  });
  const clientSegment = await make<{ id: string }>('/v1/clients/segments', {
    name: MARKER,
    filter: { field: 'industry', is: [MARKER] },
    shared: true,
  });
  const apiClient = await make<{ id: string }>('/v1/api-clients', {
    name: MARKER,
    scopes: ['deals:read'],
  });
  const invited = await make<{ account: { id: string } }>('/v1/accounts', {
    email: `${MARKER}-invited@example.com`,
    name: MARKER,
    role: 'employee',
  });
  const account = accounts[0]?.account.id ?? '';
  const company = accounts[2]?.account.id ?? '';
  const staff = await make<{ account: { id: string } }>('/v1/staff', {
    company_id: company,
    email: `${MARKER}-staff@example.com`,
    name: MARKER,
  });
  await make('/v1/registrations', {
    ...{ tenant: tenantKey, kind: 'partner', name: MARKER, email: `${MARKER}-new@example.com` },
    ...{ phone: '+380671234567', company_name: MARKER, legal_form: 'company', tax_number: '12345' },
    ...{ city: MARKER, niche: MARKER, consent: true },
  });
  const [registration] = await mak.database.query<{ id: string }>(
    'SELECT id FROM registration WHERE tenant_id = $1',
    [tenant.id],
  );
  const [task, notification, migration] = [randomUUID(), randomUUID(), randomUUID()];
  const [embedSession, twentyWorkspace, conflict] = [randomUUID(), randomUUID(), randomUUID()];
  const insert = (sql: string, values: unknown[]) => mak.database.query(sql, values);
  await insert(
    `INSERT INTO task (id, tenant_id, deal_id, kind, subject, title) VALUES ($1, $2, $3, 'sla', 'x', $4)`,
    [task, tenant.id, first, MARKER],
  );
  await insert(
    `INSERT INTO notification (id, tenant_id, account_id, kind, deal_id, data) VALUES ($1, $2, $3, 'sla', $4, $5)`,
    [notification, tenant.id, account, first, JSON.stringify({ note: MARKER })],
  );
  await insert(
    `INSERT INTO pipeline_migration (id, tenant_id, pipeline_id, to_version, status, deals, created_by)
     SELECT $1, $2, id, 1, 'done', 0, $3 FROM pipeline WHERE tenant_id = $2`,
    [migration, tenant.id, MARKER],
  );
  await insert(
    `INSERT INTO embed_session (id, tenant_id, account_id, user_id, token_hash, expires_at)
     SELECT $1, tenant_id, id, user_id, $2, now() + interval '1 hour' FROM account WHERE id = $3`,
    [embedSession, MARKER, account],
  );
  await insert(
    `INSERT INTO twenty_workspace (tenant_id, address, workspace_id, application_id, newcomer_role, enabled)
     VALUES ($1, $2, $3, $3, 'guest', true)`,
    [tenant.id, `https://crm.${MARKER}.example`, twentyWorkspace],
  );
  await insert(
    `INSERT INTO twenty_user (tenant_id, workspace_id, twenty_user_id, account_id) VALUES ($1, $2, $3, $4)`,
    [tenant.id, twentyWorkspace, randomUUID(), account],
  );
  mak.app.get(ConnectorRegistry).add(outerConnector(() => new OuterSystem()));
  await insert(
    `INSERT INTO sync_connector (tenant_id, connector, state, settings, entities)
     VALUES ($1, 'outer', 'paused', $2, '{deal,order}')`,
    [tenant.id, JSON.stringify({ address: MARKER })],
  );
  await insert(
    `INSERT INTO sync_pending (tenant_id, connector, entity, key, urgency, mak_heard_at, remote_heard_at, remote_touched, due_at, since, dead_at)
     VALUES ($1, 'outer', 'deal', $2, 0, '{}', '{}', false, now(), now(), now())`,
    [tenant.id, MARKER],
  );
  await insert(
    `INSERT INTO sync_link (tenant_id, connector, entity, local_id, remote_id, agreed, status)
     VALUES ($1, 'outer', 'deal', $2, $3, '{}', 'error')`,
    [tenant.id, first, MARKER],
  );
  await insert(
    `INSERT INTO sync_link (tenant_id, connector, entity, local_id, remote_id, agreed, status)
     VALUES ($1, 'outer', 'order', $2, $3, '{}', 'synced')`,
    [tenant.id, order.id, MARKER],
  );
  await insert(
    `INSERT INTO sync_journal (id, tenant_id, connector, entity, local_id, kind, detail)
     VALUES ($1, $2, 'outer', 'deal', $3, 'to_mak', $4)`,
    [randomUUID(), tenant.id, first, JSON.stringify({ name: MARKER })],
  );
  await insert(
    `INSERT INTO sync_conflict (id, tenant_id, connector, entity, local_id, remote_id, field, mak, remote, winner, agreed)
     VALUES ($1, $2, 'outer', 'deal', $3, $4, 'name', $5, $5, 'mak', '{}')`,
    [conflict, tenant.id, first, MARKER, JSON.stringify(MARKER)],
  );
  const [lot, lotLead, leadReturn] = [randomUUID(), randomUUID(), randomUUID()];
  await insert(
    `INSERT INTO lot (id, tenant_id, seller_id, kind, terms, currency, opens_at, planned_end, ends_at, leads, cities,
       sells_at_once, created_by)
     VALUES ($1, $2, $2, 'ascending', $3, 'EUR', now(), now() + interval '1 day', now() + interval '1 day', 1, $4, false, 'x')`,
    [
      lot,
      tenant.id,
      JSON.stringify({
        kind: 'ascending',
        start: 1,
        step: 1,
        reserve: null,
        buyNow: null,
        antiSniping: null,
      }),
      [MARKER],
    ],
  );
  await insert(
    `INSERT INTO lot_lead (tenant_id, lot_id, lead_id, place, city, source, lead_created_at)
     VALUES ($1, $2, $3, 1, $4, $4, now())`,
    [tenant.id, lot, lotLead, MARKER],
  );
  await insert(
    `INSERT INTO lead_return (id, tenant_id, lot_id, lead_id, buyer_id, seller_id, price, currency, bought_at,
       requested_by, reason, comment, requested_at)
     VALUES ($1, $2, $3, $4, $5, $2, 5, 'EUR', now(), $5, 'other', $6, now())`,
    [leadReturn, tenant.id, lot, lotLead, account, MARKER],
  );
  const [run] = await mak.database.query<World['run']>(
    'SELECT deal_id, timer, opened_source, opened_event_id FROM sla_run WHERE tenant_id = $1',
    [tenant.id],
  );
  if (run === undefined) throw new Error('the world has no SLA run');
  return {
    partner: partnerEmail,
    world: {
      tenantId: tenant.id,
      tenantKey,
      apiKey,
      pipeline: 'credit',
      deal: first,
      otherDeal: second,
      account,
      invited: invited.account.id,
      company,
      staff: staff.account.id,
      registration: registration?.id ?? '',
      apiClient: apiClient.id,
      client: client.id,
      article: article.id,
      order: order.id,
      payment: order.payments[0]?.id ?? '',
      clientSegment: clientSegment.id,
      lead: lead.id,
      leadImport,
      leadImportProfile: leadImportProfile.id,
      clientImport,
      clientImportProfile: clientImportProfile.id,
      segment: segment.id,
      view: view.id,
      webhook: webhook.id,
      delivery: delivery.id,
      task,
      notification,
      migration,
      embedSession,
      twentyWorkspace,
      conflict,
      lot,
      lotLead,
      leadReturn,
      run,
      email,
    },
  };
}

/** A file of records, whose id is the answer. */
async function upload(mak: TestApp, key: string, records: string): Promise<string> {
  const answer = await fetch(`${mak.url}/v1/${records}/imports?name=${MARKER}.csv`, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/octet-stream' },
    body: `${MARKER} name\n${MARKER}\n`,
  });
  const { id } = (await answer.json()) as { id: string };
  return id;
}

/** An admin and a key of another tenant, a client of the first tenant without scopes, a partner without deals. */
export async function gatherIntruders(
  mak: TestApp,
  world: World,
  partnerEmail: string,
): Promise<Intruders> {
  const email = 'intruder@example.com';
  const foreign = await made<NewTenant>(mak, '/v1/tenants', mak.operatorKey, {
    key: 'second-tenant',
    name: 'Second',
    admin: { email, name: 'Intruder', password: PASSWORD },
  });
  const weak = await made<{ id: string; secret: string }>(mak, '/v1/api-clients', world.apiKey, {
    name: 'weak',
    scopes: ['deals:read'],
  });
  await mak.database.query("UPDATE api_client SET scopes = '{}' WHERE id = $1", [weak.id]);
  return {
    foreignAdmin: (await adminOf(mak, email)).token,
    foreignKey: foreign.api_key.secret,
    withoutScopes: weak.secret,
    partner: (await signIn(mak, partnerEmail)).token,
  };
}

/** Every row of the first tenant, except when its keys were used, who looked at what, and codes for one's own account. */
export async function snapshot(
  mak: TestApp,
  { tenantId }: World,
): Promise<Record<string, string[]>> {
  const tables = await mak.database.query<{ name: string }>(
    `SELECT table_name AS name FROM information_schema.columns
     WHERE table_schema = 'public' AND column_name = 'tenant_id' ORDER BY 1`,
  );
  const rowsOf = async (name: string, column: string): Promise<string[]> => {
    const rows = await mak.database.query<{ row: string }>(
      `SELECT (to_jsonb(t) - 'last_used_at')::text AS row FROM ${name} t WHERE ${column} = $1 ORDER BY 1`,
      [tenantId],
    );
    return rows.map(({ row }) => row);
  };
  const state: Record<string, string[]> = { tenant: await rowsOf('tenant', 'id') };
  for (const { name } of tables) {
    if (!['audit_entry', 'embed_code'].includes(name))
      state[name] = await rowsOf(name, 'tenant_id');
  }
  return state;
}
