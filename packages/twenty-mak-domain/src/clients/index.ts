export { CLIENT_FILTERS } from './filter.ts';
export { CONTACT_EVENT_TYPES, CONTACT_FIELDS } from './events.ts';
export type { ContactEventType, ContactField } from './events.ts';
export { joinContacts, MAX_MESSENGERS } from './contacts.ts';
export type { ClientContact, ContactDetails } from './contacts.ts';
export { CLIENT_LIMITS, MERGE_SIDES, mergeClients } from './merge.ts';
export type { MergeChoices, MergedClient, MergeSide } from './merge.ts';
export * from './import/index.ts';
