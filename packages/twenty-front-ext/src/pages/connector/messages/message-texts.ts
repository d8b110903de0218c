import { msg } from '@lingui/core/macro';
import type { MessageDescriptor } from '@lingui/core';
import { useLingui } from '@lingui/react/macro';
import type { SyncMessageState } from '../../../generated/graphql.ts';

export const MESSAGE_STATES = [
  'waiting',
  'read',
  'not_read',
] as const satisfies readonly SyncMessageState[];

const STATES: Readonly<Record<SyncMessageState, MessageDescriptor>> = {
  waiting: msg`Waits to be read`,
  read: msg`Read`,
  not_read: msg`Not all of it was read`,
};

/** Why something in a message was not read; what is not here are names that the other system gives its records and events. */
const UNTOLD: Readonly<Record<string, MessageDescriptor>> = {
  not_json: msg`It cannot be read: it is no JSON.`,
  unknown_event: msg`It tells of an event that is not known.`,
  no_record: msg`It names no record.`,
  'It tells of nothing.': msg`It tells of nothing.`,
  'It has too many values.': msg`It has too many values.`,
  'Its names are too deep.': msg`Its names are too deep.`,
};

interface MessageTexts {
  readonly state: (state: SyncMessageState) => string;
  readonly untold: (why: string) => string;
}

/** States of messages in the person's language. */
export function useMessageTexts(): MessageTexts {
  const { i18n } = useLingui();
  return {
    state: (state) => i18n._(STATES[state]),
    untold: (why) => {
      const known = UNTOLD[why];
      return known === undefined ? why : i18n._(known);
    },
  };
}
