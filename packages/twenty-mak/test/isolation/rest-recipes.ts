import { MARKER } from './world.ts';
import type { World } from './world.ts';

/**
 * How a route is called.
 * - `theirs`: names something of the first tenant; strangers get 403 or 404
 * - `own`: speaks of the caller's own tenant; strangers get their own things
 * - `operator`: for the operator only
 * - `public`: for everybody, and tells nothing of any tenant
 */
export interface Recipe {
  readonly kind: 'theirs' | 'own' | 'operator' | 'public';
  readonly path?: (world: World) => string;
  readonly body?: (world: World) => object;
  /** Answers every credential of a tenant, also without scopes. */
  readonly needsNoScope?: true;
}

const V = { version: 1 };
const own = (body?: Recipe['body']): Recipe => ({
  kind: 'own',
  ...(body === undefined ? {} : { body }),
});
const theirs = (path: (world: World) => string, body?: Recipe['body']): Recipe => ({
  kind: 'theirs',
  path,
  ...(body === undefined ? {} : { body }),
});
const operator = (path?: Recipe['path'], body?: Recipe['body']): Recipe => ({
  kind: 'operator',
  ...(path === undefined ? {} : { path }),
  ...(body === undefined ? {} : { body }),
});
const open: Recipe = { kind: 'public' };

const deal = (rest: string, body?: Recipe['body']) =>
  theirs(({ deal: id }) => `/v1/deals/${id}${rest}`, body);
const client = (rest: string, body?: Recipe['body']) =>
  theirs(({ client: id }) => `/v1/clients/${id}${rest}`, body);
const article = (rest: string, body?: Recipe['body']) =>
  theirs(({ article: id }) => `/v1/articles/${id}${rest}`, body);
const order = (rest: string, body?: Recipe['body']) =>
  theirs(({ order: id }) => `/v1/orders/${id}${rest}`, body);
const lead = (rest: string, body?: Recipe['body']) =>
  theirs(({ lead: id }) => `/v1/leads/${id}${rest}`, body);
const leadImport = (rest: string, body?: Recipe['body']) =>
  theirs(({ leadImport: id }) => `/v1/leads/imports/${id}${rest}`, body);
const leadProfile = (body?: Recipe['body']) =>
  theirs(({ leadImportProfile: id }) => `/v1/leads/import-profiles/${id}`, body);
const clientImport = (rest: string, body?: Recipe['body']) =>
  theirs(({ clientImport: id }) => `/v1/clients/imports/${id}${rest}`, body);
const clientProfile = (body?: Recipe['body']) =>
  theirs(({ clientImportProfile: id }) => `/v1/clients/import-profiles/${id}`, body);
const segment = (rest: string, body?: Recipe['body']) =>
  theirs(({ segment: id }) => `/v1/leads/segments/${id}${rest}`, body);
const clientSegment = (body?: Recipe['body']) =>
  theirs(({ clientSegment: id }) => `/v1/clients/segments/${id}`, body);
const pipeline = (rest: string, body?: Recipe['body']) =>
  theirs(({ pipeline: key }) => `/v1/pipelines/${key}${rest}`, body);
const webhook = (rest: string, body?: Recipe['body']) =>
  theirs(({ webhook: id }) => `/v1/webhooks/${id}${rest}`, body);
const delivery = (rest: string, body?: Recipe['body']) =>
  theirs(({ delivery: id }) => `/v1/webhook-deliveries/${id}${rest}`, body);

const connector = (rest: string, body?: Recipe['body']) =>
  theirs(() => `/v1/connectors/outer${rest}`, body);

const lot = (rest: string, body?: Recipe['body']) =>
  theirs(({ lot: id }) => `/v1/lots/${id}${rest}`, body);
const MAPPING = { columns: [{ column: 'a', field: 'name' }] };

const NEW_STAGE = { stage: { key: 'taken', title: 'Taken' }, when: 'gates.submitted' };

/** One recipe for every route. A new route needs a new line here, else the test fails. */
export const REST: Readonly<Record<string, Recipe>> = {
  'GET /healthz': open,
  'GET /readyz': open,
  'GET /metrics': open,
  'POST /oauth/token': { ...open, body: () => ({ grant_type: 'client_credentials' }) },
  'GET /v1/auth/*': { ...open, path: () => '/v1/auth/get-session' },
  'POST /v1/auth/*': {
    ...open,
    path: () => '/v1/auth/sign-in/email',
    body: ({ email }) => ({ email, password: 'not the password' }),
  },
  'GET /v1/me': { kind: 'own', needsNoScope: true },
  'POST /v1/invitations/accept': {
    ...open,
    body: () => ({ token: 'guessed', password: 'correct horse battery' }),
  },
  'POST /v1/embed/codes': own(),
  'POST /v1/embed/sessions': { ...open, body: () => ({ code: 'guessed' }) },
  'GET /v1/embed/sessions': own(),
  'DELETE /v1/embed/sessions/:id': theirs(({ embedSession: id }) => `/v1/embed/sessions/${id}`),
  'POST /v1/twenty/:tenant/session': {
    ...open,
    path: ({ tenantKey }) => `/v1/twenty/${tenantKey}/session`,
    body: () => ({}),
  },
  'POST /v1/twenty/:tenant/webhook': {
    ...open,
    path: ({ tenantKey }) => `/v1/twenty/${tenantKey}/webhook`,
    body: () => ({}),
  },
  'POST /v1/amocrm/:tenant/webhook/:door': {
    ...open,
    path: ({ tenantKey }) => `/v1/amocrm/${tenantKey}/webhook/guessed`,
    body: () => ({}),
  },
  'GET /v1/amocrm/consent': own(),
  'POST /v1/amocrm/consent': own(() => ({
    address: 'https://example.amocrm.ru',
    client_id: '0b5c0f1e-5d0c-4d0e-8f57-1f2a3b4c5d6e',
    client_secret: 'secret',
  })),
  'POST /v1/amocrm/consent/complete': own(() => ({
    state: 'guessed',
    code: 'guessed',
    referer: 'example.amocrm.ru',
  })),
  'POST /api/keycrm/webhook/:event/:tenant/:secret': {
    ...open,
    path: ({ tenantKey }) => `/api/keycrm/webhook/order-created/${tenantKey}/a-guessed-secret`,
    body: () => ({}),
  },
  'POST /api/keycrm/sync/orders/:id': theirs(
    ({ order: id }) => `/api/keycrm/sync/orders/${id}`,
    () => ({}),
  ),
  'POST /api/keycrm/sync/customers/:id': theirs(
    ({ client: id }) => `/api/keycrm/sync/customers/${id}`,
    () => ({}),
  ),
  'POST /api/keycrm/sync/articles/:id': theirs(
    ({ article: id }) => `/api/keycrm/sync/articles/${id}`,
    () => ({}),
  ),
  'GET /api/keycrm/sync/status': own(),
  'POST /api/keycrm/sync/full-resync': theirs(
    () => '/api/keycrm/sync/full-resync',
    () => ({}),
  ),
  'GET /api/keycrm/webhook-events': own(),
  // Else it goes on for ever.
  'GET /hubs/keycrm': { ...own(), path: () => '/hubs/keycrm?after=nowhere' },
  'GET /v1/twenty/workspace': own(),
  'PUT /v1/twenty/workspace': own(({ twentyWorkspace }) => ({
    version: 0,
    address: 'https://crm.zebra-crossing.example',
    workspace_id: twentyWorkspace,
    application_id: twentyWorkspace,
    newcomer_role: 'employee',
    enabled: true,
  })),
  'GET /v1/twenty/users': own(),
  'DELETE /v1/twenty/users/:account_id': theirs(({ account }) => `/v1/twenty/users/${account}`),
  'GET /graphql': { ...open, path: () => '/graphql?query=%7B__typename%7D' },
  'POST /graphql': { ...open, body: () => ({ query: '{ __typename }' }) },

  'POST /v1/tenants': operator(undefined, () => ({ key: 'third', name: 'Third' })),
  'GET /v1/tenants': operator(),
  'GET /v1/tenants/:tenant': operator(({ tenantKey }) => `/v1/tenants/${tenantKey}`),
  'POST /v1/tenants/:tenant/clock': operator(
    ({ tenantKey }) => `/v1/tenants/${tenantKey}/clock`,
    () => ({ frozen_at: null }),
  ),
  'POST /v1/tenants/:tenant/rollups/build': operator(
    ({ tenantKey }) => `/v1/tenants/${tenantKey}/rollups/build`,
  ),
  'DELETE /v1/tenants/:tenant': operator(
    ({ tenantId }) => `/v1/tenants/${tenantId}?confirm=zebra-crossing%20Ltd`,
  ),
  'POST /v1/tenants/:id/sweep': operator(
    ({ tenantId }) => `/v1/tenants/${tenantId}/sweep`,
    () => ({}),
  ),

  'GET /v1/tenant': { kind: 'own', needsNoScope: true },
  'PATCH /v1/tenant': own(() => ({ ...V, name: 'Renamed' })),
  'GET /v1/accounts': own(),
  'POST /v1/accounts': own(() => ({ email: 'new@example.com', name: 'New', role: 'employee' })),
  'GET /v1/accounts/:id': theirs(({ account }) => `/v1/accounts/${account}`),
  'PATCH /v1/accounts/:id': theirs(
    ({ account }) => `/v1/accounts/${account}`,
    () => ({ ...V, name: 'Taken' }),
  ),
  'POST /v1/accounts/:id/invitation': theirs(
    ({ invited }) => `/v1/accounts/${invited}/invitation`,
    () => ({}),
  ),
  'GET /v1/registrations/form': { ...open, path: () => '/v1/registrations/form?tenant=nowhere' },
  'POST /v1/registrations': { ...open, body: () => ({ tenant: 'nowhere' }) },
  'GET /v1/registrations': own(),
  'POST /v1/registrations/:id/decision': theirs(
    ({ registration }) => `/v1/registrations/${registration}/decision`,
    () => ({ ...V, decision: 'reject', reason: 'Taken' }),
  ),
  'GET /v1/cabinet': { kind: 'own', needsNoScope: true },
  'GET /v1/companies': own(),
  'GET /v1/company': theirs(({ company }) => `/v1/company?company_id=${company}`),
  'PATCH /v1/company': theirs(
    ({ company }) => `/v1/company?company_id=${company}`,
    () => ({ version: 0, company_name: 'Taken' }),
  ),
  'GET /v1/staff': theirs(({ company }) => `/v1/staff?company_id=${company}`),
  'POST /v1/staff': theirs(
    () => '/v1/staff',
    ({ company }) => ({ company_id: company, email: 'taken@example.com', name: 'Taken' }),
  ),
  'PATCH /v1/staff/:id': theirs(
    ({ staff }) => `/v1/staff/${staff}`,
    ({ company }) => ({ ...V, company_id: company, name: 'Taken' }),
  ),
  'POST /v1/staff/:id/invitation': theirs(
    ({ staff, company }) => `/v1/staff/${staff}/invitation?company_id=${company}`,
    () => ({}),
  ),
  'GET /v1/roles': own(),
  'PATCH /v1/roles/:role': {
    ...own(() => ({ version: 9, permissions: [] })),
    path: () => '/v1/roles/guest',
  },
  'GET /v1/views': own(),
  'POST /v1/views': own(() => ({
    kind: 'board',
    name: 'Mine',
    definition: { filter: { nothing: 1 } },
  })),
  'PATCH /v1/views/:id': theirs(
    ({ view }) => `/v1/views/${view}`,
    () => ({ ...V, name: 'Taken' }),
  ),
  'DELETE /v1/views/:id': theirs(({ view }) => `/v1/views/${view}`),
  'GET /v1/exchange-rates': own(),
  'PUT /v1/exchange-rates': own(() => ({
    rates: [{ base: 'USD', day: '2026-01-01', rate: '2' }],
  })),
  'DELETE /v1/exchange-rates/:base/:quote/:day': {
    ...own(),
    path: () => '/v1/exchange-rates/USD/EUR/2026-01-01',
  },
  'GET /v1/api-clients': own(),
  'POST /v1/api-clients': own(() => ({ name: 'New', scopes: ['deals:read'] })),
  'DELETE /v1/api-clients/:id': theirs(({ apiClient }) => `/v1/api-clients/${apiClient}`),
  'GET /v1/clients': own(),
  'GET /v1/clients/facets': own(),
  'GET /v1/clients/export': own(),
  'GET /v1/clients/segments': own(),
  'POST /v1/clients/segments': own(() => ({ name: 'Mine', filter: { field: 'nothing' } })),
  'GET /v1/clients/segments/:id': clientSegment(),
  'PATCH /v1/clients/segments/:id': clientSegment(() => ({ ...V, name: 'Taken' })),
  'DELETE /v1/clients/segments/:id': clientSegment(),
  'POST /v1/clients/imports': own(),
  'GET /v1/clients/imports': own(),
  'GET /v1/clients/imports/:id': clientImport(''),
  'GET /v1/clients/imports/:id/preview': clientImport('/preview'),
  'GET /v1/clients/imports/:id/rejected': clientImport('/rejected'),
  'POST /v1/clients/imports/:id/check': clientImport('/check', () => ({ profile: MAPPING })),
  'POST /v1/clients/imports/:id/start': clientImport('/start', () => ({})),
  'POST /v1/clients/imports/:id/cancel': clientImport('/cancel', () => ({})),
  'GET /v1/clients/import-profiles': own(),
  'POST /v1/clients/import-profiles': own(() => ({ name: 'Mine', profile: MAPPING })),
  'PUT /v1/clients/import-profiles/:id': clientProfile(() => ({
    ...V,
    name: 'Taken',
    profile: MAPPING,
  })),
  'DELETE /v1/clients/import-profiles/:id': clientProfile(),
  'POST /v1/clients': own(() => ({ name: 'Mine' })),
  'GET /v1/clients/:id': client(''),
  'GET /v1/clients/:id/history': client('/history'),
  'PATCH /v1/clients/:id': client('', () => ({ ...V, name: 'Taken' })),
  'POST /v1/clients/:id/archive': client('/archive', () => V),
  'POST /v1/clients/:id/restore': client('/restore', () => V),
  'GET /v1/articles': own(),
  'POST /v1/articles': own(() => ({ sku: 'MINE', name: 'Mine' })),
  'PUT /v1/articles/stocks': own(() => ({
    stocks: [{ sku: MARKER, warehouse: 'main', quantity: 0 }],
  })),
  'GET /v1/articles/:id': article(''),
  'PATCH /v1/articles/:id': article('', () => ({ ...V, name: 'Taken' })),
  'POST /v1/articles/:id/archive': article('/archive', () => V),
  'POST /v1/articles/:id/restore': article('/restore', () => V),
  'GET /v1/orders': own(),
  'POST /v1/orders': own(({ client: id }) => ({
    number: 'MINE',
    client_id: id,
    currency: 'EUR',
    lines: [],
  })),
  'GET /v1/orders/:id': order(''),
  'PATCH /v1/orders/:id': order('', () => ({ ...V, comment: 'Taken' })),
  'POST /v1/orders/:id/status': order('/status', () => ({ ...V, status: 'done' })),
  'POST /v1/orders/:id/payments': order('/payments', () => ({ ...V, amount: 1 })),
  'PATCH /v1/orders/:id/payments/:payment': theirs(
    ({ order: id, payment }) => `/v1/orders/${id}/payments/${payment}`,
    () => ({ ...V, state: 'cancelled' }),
  ),
  'POST /v1/clients/:id/merge': client('/merge', ({ client: id }) => ({
    ...V,
    into: { id, ...V },
  })),
  'GET /v1/leads': own(),
  'GET /v1/leads/counts': own(),
  'GET /v1/leads/settings': own(),
  'PUT /v1/leads/settings': own(() => ({ version: 9, country: 'PL' })),
  // A partner may enter leads of its own; not with a source that there is not.
  'POST /v1/leads': own(() => ({ name: 'Mine', source: 'nowhere' })),
  'POST /v1/leads/imports': own(),
  'GET /v1/leads/imports': own(),
  'GET /v1/leads/imports/:id': leadImport(''),
  'GET /v1/leads/imports/:id/preview': leadImport('/preview'),
  'GET /v1/leads/imports/:id/rejected': leadImport('/rejected'),
  'POST /v1/leads/imports/:id/check': leadImport('/check', () => ({ profile: MAPPING })),
  'POST /v1/leads/imports/:id/start': leadImport('/start', () => ({})),
  'POST /v1/leads/imports/:id/cancel': leadImport('/cancel', () => ({})),
  'GET /v1/leads/import-profiles': own(),
  'POST /v1/leads/import-profiles': own(() => ({ name: 'Mine', profile: MAPPING })),
  'PUT /v1/leads/import-profiles/:id': leadProfile(() => ({
    ...V,
    name: 'Taken',
    profile: MAPPING,
  })),
  'DELETE /v1/leads/import-profiles/:id': leadProfile(),
  'GET /v1/leads/export': own(),
  'POST /v1/leads/check': own(() => ({ name: 'x', phones: ['none'] })),
  'GET /v1/leads/duplicates': own(),
  'GET /v1/leads/duplicates/counts': own(),
  'POST /v1/leads/duplicates/decide': theirs(
    () => '/v1/leads/duplicates/decide',
    ({ lead: id }) => ({ lead_id: id, other_id: id, decision: 'different' }),
  ),
  'POST /v1/leads/merge': theirs(
    () => '/v1/leads/merge',
    ({ lead: id }) => ({
      leads: [
        { id, ...V },
        { id, ...V },
      ],
    }),
  ),
  'POST /v1/leads/intake': own(() => ({ name: 'Mine', source: 'nowhere' })),
  'GET /v1/leads/segments': own(),
  'POST /v1/leads/segments': own(() => ({ name: 'Mine', filter: { field: 'nothing' } })),
  'GET /v1/leads/segments/:id': segment(''),
  'PATCH /v1/leads/segments/:id': segment('', () => ({ ...V, name: 'Taken' })),
  'DELETE /v1/leads/segments/:id': segment(''),
  'POST /v1/leads/:id/convert': lead('/convert', () => ({ ...V, name: 'Taken' })),
  'GET /v1/leads/:id': lead(''),
  'GET /v1/leads/:id/history': lead('/history'),
  'PATCH /v1/leads/:id': lead('', () => ({ ...V, name: 'Taken' })),
  'POST /v1/leads/:id/move': lead('/move', () => ({ ...V, status: 'in_work' })),
  'POST /v1/leads/:id/comments': lead('/comments', () => ({ text: 'Taken' })),
  'POST /v1/leads/:id/consents': lead('/consents', () => ({
    answer: 'given',
    evidence: 'taken',
  })),
  'GET /v1/audit': own(),
  'POST /v1/persons/erase': own(({ email }) => ({ email })),

  'POST /v1/events': own(({ deal: id }) => ({
    events: [
      {
        event_id: 'stolen-1',
        source: 'bank',
        type: 'A_DECLINED',
        occurred_at: '2026-01-06T10:00:00Z',
        master_deal_id: id,
        data: {},
      },
    ],
  })),
  'GET /v1/events/rejections': own(),
  'GET /v1/events/summary': own(),
  'POST /v1/imports': own(),

  'GET /v1/deals': own(),
  'POST /v1/deals': own(() => ({ name: 'Mine', pipeline: 'credit' })),
  'GET /v1/deals/counts': own(),
  'GET /v1/deals/export': { kind: 'own', path: () => '/v1/deals/export?format=jsonl' },
  'GET /v1/deals/:id': deal(''),
  'GET /v1/deals/:id/gates': deal('/gates'),
  'GET /v1/deals/:id/sla': deal('/sla'),
  'GET /v1/deals/:id/events': deal('/events'),
  'GET /v1/deals/:id/timeline': deal('/timeline'),
  'PATCH /v1/deals/:id': deal('', () => ({ ...V, name: 'Taken' })),
  'POST /v1/deals/:id/stage': deal('/stage', () => ({ system: 'crm', stage: 'lost' })),
  'PUT /v1/deals/:id/owners': deal('/owners', () => ({ ...V, owner_id: 'me' })),
  'POST /v1/deals/:id/notes': deal('/notes', () => ({ text: 'I was here' })),
  'POST /v1/deals/:id/facts': deal('/facts', () => ({
    type: 'A_DECLINED',
    data: { 'lifecycle:transition': 'COMPLETE' },
  })),
  'POST /v1/deals/:id/archive': deal('/archive', () => V),
  'POST /v1/deals/:id/restore': deal('/restore', () => V),
  'POST /v1/deals/:id/reopen': deal('/reopen', () => V),
  'POST /v1/deals/:id/merge': deal('/merge', ({ otherDeal }) => ({ ...V, into: otherDeal })),

  'GET /v1/deals/:id/qualification': deal('/qualification'),
  'PUT /v1/deals/:id/qualification/:card': deal('/qualification/bant', () => ({
    answers: { budget: 2 },
  })),
  'GET /v1/qualification-cards': own(),
  'PUT /v1/qualification-cards/:card': {
    ...own(() => ({ ...V, weights: { budget: 1 }, threshold: 1 })),
    path: () => '/v1/qualification-cards/bant',
  },

  'GET /v1/pipelines': own(),
  'POST /v1/pipelines': own(() => ({ preset: 'adtech' })),
  'GET /v1/pipelines/:key': pipeline(''),
  'GET /v1/pipelines/:key/versions': pipeline('/versions'),
  'GET /v1/pipelines/:key/versions/:version': pipeline('/versions/1'),
  'PUT /v1/pipelines/:key/draft': pipeline('/draft', () => ({ ...V, definition: {} })),
  'DELETE /v1/pipelines/:key/draft': pipeline('/draft?version=1'),
  'POST /v1/pipelines/:key/publish': pipeline('/publish', () => V),
  'PUT /v1/pipelines/:key/default': pipeline('/default', () => ({})),
  'POST /v1/pipelines/:key/archive': pipeline('/archive', () => V),
  'POST /v1/pipelines/:key/draft/stages': pipeline('/draft/stages', () => ({
    ...V,
    ...NEW_STAGE,
  })),
  'PUT /v1/pipelines/:key/draft/stages/order': pipeline('/draft/stages/order', () => ({
    ...V,
    order: ['draft'],
  })),
  'PATCH /v1/pipelines/:key/draft/stages/:stage': pipeline('/draft/stages/offer', () => ({
    ...V,
    title: 'Taken',
  })),
  'DELETE /v1/pipelines/:key/draft/stages/:stage': pipeline('/draft/stages/offer', () => ({
    ...V,
    target: 'approved',
  })),
  'POST /v1/pipelines/:key/verify': pipeline('/verify', () => ({})),
  'POST /v1/pipelines/:key/what-if': pipeline('/what-if', () => ({ gates: {}, domains: {} })),
  'POST /v1/pipelines/:key/migrations': pipeline('/migrations', () => ({ dry_run: true })),
  'GET /v1/pipelines/:key/migrations': pipeline('/migrations'),
  'GET /v1/pipelines/:key/migrations/:id': theirs(
    ({ pipeline: key, migration }) => `/v1/pipelines/${key}/migrations/${migration}`,
  ),
  'GET /v1/source-defaults': own(),
  'PUT /v1/source-defaults/:source': theirs(
    () => '/v1/source-defaults/bank',
    () => ({ pipeline: 'credit' }),
  ),
  'DELETE /v1/source-defaults/:source': { kind: 'own', path: () => '/v1/source-defaults/bank' },

  'GET /v1/sla/runs': own(),
  'GET /v1/sla/summary': own(),
  'POST /v1/sla/runs/acknowledge': theirs(
    () => '/v1/sla/runs/acknowledge',
    ({ run }) => run,
  ),
  'GET /v1/sla/desk': own(),
  'GET /v1/sla/desk/people': own(),
  'GET /v1/tasks': own(),
  'POST /v1/tasks/:id/reassign': theirs(
    ({ task }) => `/v1/tasks/${task}/reassign`,
    ({ account }) => ({ ...V, assignee_id: account }),
  ),
  'POST /v1/tasks/:id/done': theirs(
    ({ task }) => `/v1/tasks/${task}/done`,
    () => V,
  ),
  'GET /v1/notifications': { kind: 'own', needsNoScope: true },
  'POST /v1/notifications/read': {
    kind: 'own',
    needsNoScope: true,
    body: ({ notification }) => ({ ids: [notification] }),
  },

  'GET /v1/webhooks': own(),
  'POST /v1/webhooks': own(() => ({ url: 'https://example.com/hook' })),
  'GET /v1/webhooks/:id': webhook(''),
  'PATCH /v1/webhooks/:id': webhook('', () => ({ ...V, url: 'https://example.com/taken' })),
  'DELETE /v1/webhooks/:id': webhook(''),
  'POST /v1/webhooks/:id/pause': webhook('/pause', () => V),
  'POST /v1/webhooks/:id/resume': webhook('/resume', () => V),
  'POST /v1/webhooks/:id/rotate-secret': webhook('/rotate-secret', () => V),
  'GET /v1/webhooks/:id/deliveries': webhook('/deliveries'),
  'POST /v1/webhooks/:id/test': webhook('/test', () => ({})),
  'POST /v1/webhooks/:id/replay': webhook('/replay', () => ({})),
  'GET /v1/connectors': own(),
  'GET /v1/connectors/:key': connector(''),
  'GET /v1/connectors/:key/matrix': connector('/matrix'),
  'GET /v1/connectors/:key/statuses': connector('/statuses'),
  'POST /v1/connectors/:key/options': connector('/options', () => ({})),
  'GET /v1/connectors/:key/conflicts': connector('/conflicts'),
  'POST /v1/connectors/:key/conflicts/:id/decide': theirs(
    ({ conflict }) => `/v1/connectors/outer/conflicts/${conflict}/decide`,
    () => ({ winner: 'mak' }),
  ),
  'PUT /v1/connectors/:key': {
    ...own(() => ({ version: 9, settings: { address: 'taken' }, secrets: { key: 'taken' } })),
    path: () => '/v1/connectors/outer',
  },
  'DELETE /v1/connectors/:key': connector(''),
  'POST /v1/connectors/:key/pause': connector('/pause', () => V),
  'POST /v1/connectors/:key/resume': connector('/resume', () => V),
  'POST /v1/connectors/:key/resync': connector('/resync', () => ({})),
  'GET /v1/connectors/:key/dead-letters': connector('/dead-letters'),
  'POST /v1/connectors/:key/dead-letters/replay': connector('/dead-letters/replay', () => ({})),
  'POST /v1/connectors/:key/dead-letters/drop': connector('/dead-letters/drop', () => ({})),
  'GET /v1/connectors/:key/journal': connector('/journal'),
  'GET /v1/connectors/:key/messages': connector('/messages'),
  'GET /v1/connectors/:key/divergences': connector('/divergences'),
  'GET /v1/webhook-deliveries/:id': delivery(''),
  'POST /v1/webhook-deliveries/:id/replay': delivery('/replay', () => ({})),
  'DELETE /v1/webhook-deliveries/:id': delivery(''),

  'GET /v1/wallet': own(),
  'GET /v1/wallet/statement': own(),
  'GET /v1/wallets': own(),
  'POST /v1/wallet/top-ups': own(({ account }) => ({
    account_id: account,
    amount: 1,
    reference: 'taken',
  })),
  'POST /v1/wallet/reversals': theirs(
    () => '/v1/wallet/reversals',
    () => ({ entry_id: 'top_up/manual/1', note: 'taken' }),
  ),
  'GET /v1/wallet/audit': own(),
  'GET /v1/wallet/providers': own(),
  'POST /v1/wallet/providers': own(() => ({ provider: 'bank' })),
  'DELETE /v1/wallet/providers/:provider': {
    kind: 'own',
    path: () => '/v1/wallet/providers/bank',
  },
  'POST /v1/payments/:tenant/:provider': {
    ...open,
    path: ({ tenantKey }) => `/v1/payments/${tenantKey}/bank`,
    body: ({ account }) => ({ payment_id: '1', account_id: account, amount: 1, currency: 'EUR' }),
  },

  'GET /v1/lots': own(),
  'POST /v1/lots': own(() => ({
    kind: 'sealed',
    lead_ids: ['01a1fe4c-9969-736e-b48e-41142356aa59'],
    ends_at: '2030-01-01T00:00:00Z',
    reserve: 5,
  })),
  'GET /v1/lots/statistics': own(),
  'GET /v1/lots/won': own(),
  'GET /v1/lots/:id': lot(''),
  'POST /v1/lots/:id/withdraw': lot('/withdraw', () => ({})),
  'PUT /v1/lots/:id/follow': lot('/follow', () => ({ follow: true })),
  'GET /v1/lots/:id/bids': lot('/bids'),
  'POST /v1/lots/:id/bids': lot('/bids', ({ account }) => ({
    key: 'taken',
    amount: 9_000,
    bidder_id: account,
  })),
  'GET /v1/returns': own(),
  'POST /v1/returns': theirs(
    () => '/v1/returns',
    ({ lot: lot_id, lotLead: lead_id }) => ({
      ...{ lot_id, lead_id },
      reason: 'other',
      comment: 'taken',
    }),
  ),
  'POST /v1/returns/:id/decision': theirs(
    ({ leadReturn }) => `/v1/returns/${leadReturn}/decision`,
    () => ({ verdict: 'accepted', note: 'taken' }),
  ),
  'GET /v1/auction/rules': own(),
  'PUT /v1/auction/rules': own(() => ({ version: 9, rules: {} })),
};
