export {
  compareEvents,
  distinct,
  checkReception,
  parseEvent,
  readEvent,
  CLOCK_TOLERANCE,
  EARLIEST,
  MAX_DEPTH,
  MAX_REFS,
} from './event.ts';
export type { DomainEvent, EventKey, ExternalRef, Json, JsonObject } from './event.ts';
export { isContactMember, withoutContacts } from './contacts.ts';
export { runKey } from './state.ts';
export type {
  DealFields,
  DealState,
  Effect,
  Folded,
  GateChange,
  Outcome,
  SlaRun,
  Transition,
} from './state.ts';
export { KNOWN_TYPES } from './known-types.ts';
export { BUILT_IN_TYPES, creates, listens, mappingOf } from './mapping.ts';
export { factsOf, missingGates } from './facts.ts';
export { dataOfFact } from './said-facts.ts';
export type { SaidFact } from './said-facts.ts';
export { NOTE_CHANGES, noteAfter, noteKeyOf } from './notes.ts';
export type { Note, NoteKey } from './notes.ts';
export { emptyDeal, fold, isLate } from './fold.ts';
export { decideBreaches, runStatus } from './breaches.ts';
export type { BreachDecision, PublishedBreach, RunStatus } from './breaches.ts';
export { CANONICAL_TYPES, decideAnnouncements, nearestDue } from './announcements.ts';
export type {
  Announcement,
  CanonicalType,
  ChangeReason,
  DealChange,
  Published,
} from './announcements.ts';
