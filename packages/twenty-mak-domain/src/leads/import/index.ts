export { LEAD_IMPORT_FIELDS } from './fields.ts';
export { leadRowReader } from './row.ts';
export type { LeadDraft } from './row.ts';
