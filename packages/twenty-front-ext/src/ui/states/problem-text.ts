import { msg } from '@lingui/core/macro';
import type { MessageDescriptor } from '@lingui/core';
import { useLingui } from '@lingui/react/macro';

/** What a page needs to know of a failure to tell it. */
export interface ProblemLike {
  readonly code: string;
  /** The server's plain English reason; shown when we have no text of our own for the code. */
  readonly reason: string;
}

const TEXTS: Readonly<Record<string, MessageDescriptor>> = {
  offline: msg`There is no connection to the server. Check the network and try again.`,
  too_slow: msg`The server did not answer in time. Try again.`,
  unauthenticated: msg`Sign in again to go on.`,
  forbidden: msg`Your role does not allow this. Ask an admin.`,
  not_found: msg`It does not exist, or it is not yours to see.`,
  stale_version: msg`Someone else changed it meanwhile. Look at the current values and save again.`,
  too_many_requests: msg`Too many attempts. Wait a moment and try again.`,
  internal: msg`Something went wrong on the server. Try again; if it stays so, tell an admin.`,
};

/** Gives the text of a problem in the person's language. */
export function useProblemText(): (problem: ProblemLike) => string {
  const { i18n } = useLingui();
  return ({ code, reason }) => {
    const known = TEXTS[code];
    return known === undefined ? reason : i18n._(known);
  };
}
