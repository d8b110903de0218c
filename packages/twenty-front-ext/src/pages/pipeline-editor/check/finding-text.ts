import { msg } from '@lingui/core/macro';
import type { MessageDescriptor } from '@lingui/core';
import { useLingui } from '@lingui/react';
import type { Note } from './notes.ts';

/** Names that a reason quotes, in their order: each stands between backticks. */
export function quotedIn(reason: string): readonly string[] {
  return [...reason.matchAll(/`([^`]*)`/g)].map(([, name = '']) => name);
}

/**
 * Our own words for the codes of the verifier. `first` is the first name that the reason quotes, `second` the next,
 * `others` all but the first.
 */
const TEXTS: Readonly<Record<string, MessageDescriptor>> = {
  rule_never_holds: msg`The rule for “{first}” contradicts itself: no combination of facts fulfils it.`,
  rule_shadowed: msg`The rule for “{first}” never decides: whenever it holds, an earlier one does ({others}). Move it up or remove it.`,
  stage_unreachable: msg`No deal can ever be in “{first}”. Check its rule, and whether events set the gates that it needs.`,
  no_won_stage: msg`No stage and no ending counts as won, so no deal is ever won.`,
  regression: msg`Setting “{first}” moves a deal back from “{second}” to “{third}”. Change the rules, or confirm that this is meant.`,
  confirmation_unused: msg`Setting “{first}” never moves a deal back from “{second}” to “{third}”. Remove the confirmation.`,
  timer_never_starts: msg`The timer “{first}” never runs: no events bring about facts in which it starts and is not stopped.`,
  timer_never_stops: msg`The timer “{first}” can never be met: no events bring about facts that stop it.`,
  type_unknown: msg`No system sends “{first}”. Correct the spelling, or list it among the known types.`,
  event_without_effect: msg`“{first}” does nothing. Give it an effect, or list it among the known types.`,
  no_creating_event: msg`No event of another system creates a deal; deals can only be made by hand.`,
  ending_unreachable: msg`No event leads to the ending “{first}”. Let one, or remove it.`,
  gate_never_set: msg`No event sets “{first}”; it is never true.`,
  gate_never_read: msg`No rule and no timer asks for “{first}”; it is only shown.`,
  unknown_gate: msg`There is no gate “{first}”.`,
  unknown_stage: msg`There is no stage “{first}” that a rule could give.`,
  unknown_domain_stage: msg`The system “{first}” has no stage “{second}”.`,
  unknown_name: msg`“{first}” is unknown here. Use gates.<gate> or domains.<system>.`,
  unknown_ending: msg`There is no ending “{first}”.`,
  unknown_calendar: msg`There is no calendar “{first}”.`,
  gate_set_and_cleared: msg`“{first}” both sets and clears “{second}”. Keep one of them.`,
  ends_and_reopens: msg`“{first}” both ends and reopens a deal. Keep one of them.`,
  duplicate_event: msg`“{first}” is mapped twice under the same conditions.`,
  event_shadowed: msg`An earlier mapping of “{first}” always takes these events. Move the narrower one up.`,
  type_reserved: msg`“{first}” has a meaning of its own in every pipeline and cannot be mapped.`,
  duplicate_key: msg`The key “{first}” is used twice.`,
  duplicate_value: msg`“{first}” is listed twice.`,
  predicate_empty: msg`A condition is missing here.`,
  text_invalid: msg`This must be 1 to 200 printable characters, without spaces at its ends.`,
  key_invalid: msg`A key begins with a letter and has at most 64 letters, digits, - and _.`,
};

/** Says what the check found in the person's language; in the verifier's English where we have no text. */
export function useNoteText(): (note: Pick<Note, 'code' | 'reason'>) => string {
  const { i18n } = useLingui();
  return ({ code, reason }) => {
    const text = TEXTS[code];
    if (text === undefined) return reason;
    const [first = '', second = '', third = ''] = quotedIn(reason);
    const others = quotedIn(reason).slice(1).join(', ');
    return i18n._({ ...text, values: { first, second, third, others } });
  };
}
