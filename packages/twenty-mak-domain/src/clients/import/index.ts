export { ClientBook, refKey } from './book.ts';
export type { ClientEntry, ImportedClient, ImportedValues } from './book.ts';
export { CLIENT_IMPORT_FIELDS } from './fields.ts';
export { foreseeClient } from './foresee.ts';
export type { MetTexts } from './foresee.ts';
export { clientRowReader } from './row.ts';
export type { ClientDraft } from './row.ts';
