export { accept, refuse } from './decision.ts';
export type { Decision, Refusal, TextRange } from './decision.ts';
export { DAY, formatInstant, HOUR, MINUTE, parseInstant, SECOND } from './time.ts';
export type { Instant } from './time.ts';
export { compareBytewise } from './bytewise.ts';
