export { ClientBook } from './book.ts';
export type { ClientEntry } from './book.ts';
export { CLIENT_IMPORT_FIELDS } from './fields.ts';
export { metClients } from './foresee.ts';
export { refKey } from './imported-client.ts';
export type { ImportedClient, ImportedValues } from './imported-client.ts';
export { clientRowReader } from './row.ts';
export type { ClientDraft } from './row.ts';
