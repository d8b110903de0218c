import type { Filterable } from '../filters/index.ts';

/** What clients can be filtered by. Names are left out: that of a client who is a person is personal data. */
export const CLIENT_FILTERS: Filterable = {
  name: 'Clients',
  fields: {
    kind: 'choice',
    owner_id: 'choice',
    external_system: 'choice',
    industry: 'text',
    size: 'text',
    budget_band: 'text',
    client_type: 'text',
    source: 'text',
    segments: 'text',
    key_account: 'flag',
    deals: 'number',
    open_deals: 'number',
    created_at: 'time',
    updated_at: 'time',
  },
};
