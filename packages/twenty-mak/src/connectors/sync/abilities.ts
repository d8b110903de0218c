import type { FieldAbility } from 'twenty-mak-domain';

/** What can be done with a field, and what is done until an admin says otherwise. */
export type Ability = Omit<FieldAbility, 'field'>;

/** Edited by people on both sides; the last one wins. */
export const NEWEST: Ability = {
  directions: ['in', 'out', 'both'],
  rule: { direction: 'both', priority: 'newest', critical: false },
};
/** Edited by people on both sides; of two changes that of the other system wins. */
export const REMOTE_WINS: Ability = {
  ...NEWEST,
  rule: { ...NEWEST.rule, priority: 'remote' },
};
/** Only the other system says it. */
export const INTO: Ability = {
  directions: ['in'],
  rule: { direction: 'in', priority: 'remote', critical: false },
};
/** Only MaK says it; what somebody writes there is put right. */
export const OUT: Ability = {
  directions: ['out'],
  rule: { direction: 'out', priority: 'mak', critical: false },
};
