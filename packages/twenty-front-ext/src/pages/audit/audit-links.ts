/** Where records are looked at, by kind; those of other kinds have no page of their own. */
const PAGES: Readonly<Record<string, string>> = {
  article: '/articles/',
  client: '/clients/',
  client_import: '/clients/import/',
  connector: '/settings/connectors/',
  deal: '/deals/',
  lead: '/leads/',
  lead_import: '/leads/import/',
  lot: '/auction/',
  order: '/orders/',
  wallet: '/wallet/',
};

/** The page of the record that an entry speaks of; null where there is none. */
export function pageOf(entity: string, id: string): string | null {
  const page = PAGES[entity];
  return page === undefined ? null : `${page}${encodeURIComponent(id)}`;
}
