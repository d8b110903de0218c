export {
  changeLeadSettings,
  checkLeadSettings,
  DEFAULT_LEAD_SETTINGS,
  entryStatus,
  firstOfKind,
  LEAD_KINDS,
  MAX_LEAD_CHOICES,
  statusOf,
} from './settings.ts';
export type { LeadChoice, LeadKind, LeadSettings, LeadStatus } from './settings.ts';
export {
  changeLeadLists,
  checkLeadLists,
  LEGAL_FORMS,
  legalFormOf,
  listReader,
  MAX_LISTED,
} from './lists.ts';
export type { LeadLists, LegalForm, ListReader } from './lists.ts';
export { LEAD_EVENT_TYPES } from './events.ts';
export type { LeadEventType } from './events.ts';
export { enterLead, lastChange, moveLead, moveToKind, possibleStatuses } from './moves.ts';
export type { LeadMover, MoveContext, StatusChange } from './moves.ts';
export { CONSENT_ANSWERS, decideUse, LEAD_USES, laterConsent, recordConsent } from './consent.ts';
export type { Consent, ConsentAnswer, ConsentPolicy, LeadUse } from './consent.ts';
export { convertLead, LEAD_SYSTEM } from './conversion.ts';
export type { Conversion, ConversionOrder } from './conversion.ts';
export type { Lead, LeadAmount, LeadFields, LeadOrigin, Stamped } from './lead.ts';
export { correctOrigin } from './origin.ts';
export type { OriginEdit } from './origin.ts';
export { mergeLeads } from './merge.ts';
export type { LeadMerge, MergeChoice } from './merge.ts';
export { cleanText, MAX_CONTACT_WAYS, readContact, readEmail, readPhone } from './contact.ts';
export type { ContactDraft, ContactRules, LeadContact, ReadPhone } from './contact.ts';
export { cityKey } from './city.ts';
export { ALIKE_NAME, nameBlocks, nameSimilarity, nameWords, SAME_NAME } from './names.ts';
export {
  comparableOf,
  decideDuplicate,
  DEFAULT_DUPLICATE_POLICY,
  duplicateKeys,
  duplicateNotice,
  isBound,
  isFree,
  isHeld,
  isOpen,
  MATCH_WAYS,
  matchComparables,
  matchDuplicates,
} from './duplicates.ts';
export type {
  DuplicateDecision,
  DuplicateKeys,
  DuplicateMatch,
  DuplicateNotice,
  DuplicatePolicy,
  KnownLead,
  LeadHold,
  MatchWay,
} from './duplicates.ts';
export { checkLeadFilter, LEAD_FILTERS } from './filter.ts';
export * from './import/index.ts';
