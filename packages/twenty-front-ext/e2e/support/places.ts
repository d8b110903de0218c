import type { APIRequestContext } from '@playwright/test';
import { signInBy } from './sign-in.ts';

/** Pages for people who are not signed in. */
export const ENTRANCE = {
  'sign-in': '/sign-in',
  'forgotten-password': '/forgot-password',
  'new-password': '/reset-password?token=picture',
  invitation: '/invitation?token=picture',
  register: '/register/demo',
};

/** All other pages, for an admin, who is signed in by this; those of one record show the first one. */
export async function placesOf(request: APIRequestContext): Promise<Record<string, string>> {
  await signInBy(request, { email: 'admin@demo.example', password: 'demo-password' });
  const first = (path: string): Promise<string> => firstOf(request, path);
  const { items } = (await (await request.get('/v1/companies?limit=1')).json()) as {
    items: { account_id: string }[];
  };
  const partner = items[0]?.account_id ?? '';
  const tabs = ['stages', 'gates', 'events', 'rules', 'timers', 'check', 'try', 'versions'];
  return {
    board: '/board',
    'board-business': '/board?columns=business',
    deals: '/deals',
    deal: `/deals/${await first('/v1/deals?limit=1&stage=running')}`,
    dashboard: '/dashboard',
    clients: '/clients',
    'client-import': '/clients/import',
    client: `/clients/${await first('/v1/clients?limit=1')}`,
    leads: '/leads',
    'lead-import': '/leads/import',
    'lead-duplicates': '/leads/duplicates',
    lead: `/leads/${await first('/v1/leads?limit=1')}`,
    orders: '/orders',
    order: `/orders/${await first('/v1/orders?limit=1')}`,
    articles: '/articles',
    article: `/articles/${await first('/v1/articles?limit=1')}`,
    'sla-desk': '/sla',
    auction: '/auction',
    lot: `/auction/${await first('/v1/lots?limit=1')}`,
    'auction-own': '/auction?list=selling',
    'new-lot': '/auction/new',
    'bought-leads': '/returns',
    wallet: '/wallet',
    home: '/home',
    'company-profile': `/company/${partner}`,
    staff: `/staff/${partner}`,
    ...Object.fromEntries(
      [
        'twenty',
        'profile',
        'company',
        'people',
        'auction',
        'roles',
        'registrations',
        'pipelines',
        'leads',
        'api-keys',
        'webhooks',
        'connectors',
        'audit',
      ].map((name) => [`settings-${name}`, `/settings/${name}`]),
    ),
    ...Object.fromEntries(
      ['', 'fields', 'history', 'dead-letters', 'differences', 'conflicts', 'settings'].map(
        (tab) => [`connector${tab === '' ? '' : `-${tab}`}`, `/settings/connectors/twenty/${tab}`],
      ),
    ),
    ...Object.fromEntries(
      ['amocrm/settings', 'amocrm/messages', 'keycrm/settings'].map((part) => [
        `connector-${part.replace('/', '-')}`,
        `/settings/connectors/${part}`,
      ]),
    ),
    webhook: `/settings/webhooks/${await first('/v1/webhooks')}`,
    ...Object.fromEntries(
      tabs.map((tab) => [`pipeline-${tab}`, `/settings/pipelines/adtech?tab=${tab}`]),
    ),
    'not-found': '/nowhere',
  };
}

/** The pages of a partner or a franchisee, who is signed in by this. */
export async function cabinetOf(
  request: APIRequestContext,
  role: 'partner' | 'franchisee',
): Promise<Record<string, string>> {
  await signInBy(request, { email: `${role}@demo.example`, password: 'demo-password' });
  return {
    home: '/home',
    leads: '/leads',
    lead: `/leads/${await firstOf(request, '/v1/leads?limit=1')}`,
    auction: '/auction',
    // The lot that ends first of those that one has bid on, or offers.
    lot: `/auction/${await firstOf(request, `/v1/lots?limit=1&scope=${role === 'partner' ? 'selling' : 'bidding'}`)}`,
    'bought-leads': '/returns',
    wallet: '/wallet',
    board: '/board',
    company: '/company',
    staff: '/staff',
  };
}

async function firstOf(request: APIRequestContext, path: string): Promise<string> {
  const { items } = (await (await request.get(path)).json()) as { items: { id: string }[] };
  return items[0]?.id ?? '';
}
