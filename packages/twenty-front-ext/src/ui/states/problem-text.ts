import { msg } from '@lingui/core/macro';
import type { MessageDescriptor } from '@lingui/core';
import { useLingui } from '@lingui/react/macro';
import { useCallback } from 'react';

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
  conflict_outdated: msg`Someone has changed the field since. Look at what is there now, and write what you want on either side.`,
  conflict_decided: msg`Someone has decided it already. To have another value, write it on either side.`,
  conflict_one_way: msg`The field goes one way, and its rule would put the version right again. Change the rule first.`,
  unknown_pipeline: msg`This pipeline is not there any more, or it is archived. Choose another one.`,
  statuses_unknown: msg`The other system did not say which statuses it has. Try again when it answers.`,
  invalid_email_or_password: msg`E-mail address and password do not belong together.`,
  invalid_email: msg`This is not an e-mail address.`,
  invalid_code: msg`This code is not right. Take the one that the authenticator shows now.`,
  invalid_backup_code: msg`This recovery code is not right, or it was used already.`,
  invalid_two_factor_cookie: msg`That took too long. Begin again with your password.`,
  too_many_attempts_request_new_code: msg`Too many wrong codes. Begin again with your password.`,
  account_temporarily_locked: msg`Too many wrong codes. Try again in a quarter of an hour.`,
  invalid_password: msg`This is not your password.`,
  password_too_short: msg`The password is too short. Take at least 12 characters.`,
  password_too_long: msg`The password is too long. Take at most 128 characters.`,
  invalid_token: msg`This link was used already or is too old. Ask for a new one.`,
  invitation_not_found: msg`This invitation was used, replaced or is too old. Ask an admin for a new one.`,
  account_exists: msg`There is an account with this e-mail address already.`,
  already_decided: msg`Somebody has decided about it already.`,
  company_has_staff: msg`This is the head of a company with staff. Block its staff first.`,
  company_role: msg`This person belongs to a company and has the role of its head.`,
  office_only: msg`Only the office changes this.`,
  own_account: msg`You cannot block yourself. Ask somebody else of your company.`,
  place_not_listed: msg`A city or a niche is not in the list of the company. Choose one of the list.`,
  registration_closed: msg`Nobody takes registrations at this address.`,
  foreign_origin: msg`The server knows this page under another address. Open it under the address that your admin has given you.`,
  internal: msg`Something went wrong on the server. Try again; if it stays so, tell an admin.`,
};

/** Gives the text of a problem in the person's language. */
export function useProblemText(): (problem: ProblemLike) => string {
  const { i18n } = useLingui();
  return useCallback(
    ({ code, reason }) => {
      const known = TEXTS[code];
      return known === undefined ? reason : i18n._(known);
    },
    [i18n],
  );
}
