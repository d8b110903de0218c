import { msg } from '@lingui/core/macro';
import type { I18n, MessageDescriptor } from '@lingui/core';
import { useLingui } from '@lingui/react/macro';
import { useCallback } from 'react';
import { REFUSALS } from './refusal-texts.ts';

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
  storage_unavailable: msg`Files cannot be stored or read at the moment. Try again later.`,
  forbidden: msg`Your role does not allow this. Ask an admin.`,
  not_found: msg`It does not exist, or it is not yours to see.`,
  stale_version: msg`Someone else changed it meanwhile. Look at the current values and save again.`,
  too_many_requests: msg`Too many attempts. Wait a moment and try again.`,
  conflict_outdated: msg`Someone has changed the field since. Look at what is there now, and write what you want on either side.`,
  conflict_decided: msg`Someone has decided it already. To have another value, write it on either side.`,
  conflict_one_way: msg`The field goes one way, and its rule would put the version right again. Change the rule first.`,
  unknown_pipeline: msg`This pipeline is not there any more, or it is archived. Choose another one.`,
  access_refused: msg`The other system does not let MaK in. Check the address and the key.`,
  not_answered: msg`The other system did not answer, or something else did. Check the address, or try again later.`,
  secrets_required: msg`Write the key for this address.`,
  statuses_unknown: msg`The other system did not say which statuses it has. Try again when it answers.`,
  url_not_allowed: msg`MaK calls only addresses of the public internet that begin with https://. In a closed network the operator can allow others.`,
  integration_required: msg`Write the address of the account, and the id and the secret key of the integration.`,
  consent_denied: msg`amoCRM did not let MaK in. Begin again, and agree there as an admin of the account.`,
  consent_unknown: msg`You have asked for no such access within the last half hour, or it was used already. Begin again.`,
  other_account: msg`Another account has agreed than the one whose address you wrote. Begin again with the right address.`,
  consent_code_refused: msg`amoCRM does not take this consent any more, or the secret key is wrong. Begin again.`,
  consent_unanswered: msg`amoCRM did not answer. Begin again.`,
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
  company_has_business: msg`This company has a wallet or leads. Block it, and invite the person by another address.`,
  client_erased: msg`The person of one of them was erased, and nobody can tell whether they are one.`,
  client_merged: msg`This client was merged into another one. Change that one.`,
  company_has_staff: msg`This is the head of a company with staff. Block its staff first.`,
  company_role: msg`This person belongs to a company and has the role of its head.`,
  kinds_differ: msg`A company and a person are not one client. Change the kind of one of them first.`,
  lead_exists: msg`There is such a lead already, and the rule of your company is not to enter it again.`,
  lead_erased: msg`The person of one of them was erased. Nobody can tell whether they are one.`,
  origin_bound: msg`Others count on this lead by now, so its source and its partner stay as they are.`,
  unknown_partner: msg`This company is not there any more, or it is blocked. Choose another one.`,
  consent_missing: msg`This needs the person's consent. Ask for it, and record the answer.`,
  consent_refused: msg`The person has refused consent, so nobody else may get this lead.`,
  consent_withdrawn: msg`The person has taken the consent back, so nobody else may get this lead.`,
  both_bound: msg`Both leads are on auction, sold, given to a company or a deal already. Keep both, or end one of them first.`,
  survivor_not_free: msg`The other lead has gone on auction or to a company, or is a deal meanwhile, so it is the one that stays.`,
  merge_too_large: msg`Together they would have too many contacts, segments or outer ids. Remove some of one of them first.`,
  office_only: msg`Only the office changes this.`,
  own_account: msg`You cannot block yourself. Ask somebody else of your company.`,
  place_not_listed: msg`A city or a niche is not in the list of the company. Choose one of the list.`,
  registration_closed: msg`Nobody takes registrations at this address.`,
  bid_too_low: msg`Somebody was faster, or it is too little. Look at the least that can be bid now.`,
  bid_not_higher: msg`A sealed bid can only be raised.`,
  insufficient_funds: msg`There is not enough money in the wallet for this bid. What other bids hold is not free.`,
  daily_limit_reached: msg`Your company has as many lots today as its grade allows.`,
  lot_ended: msg`The time for bids is over.`,
  lot_closed: msg`This lot is over.`,
  lot_not_open: msg`This lot is not open yet.`,
  lot_has_bids: msg`Somebody has bid on it already. A lot with bids cannot be withdrawn.`,
  own_lot: msg`Nobody bids on a lot of their own.`,
  bidder_inactive: msg`Your company may not bid at present.`,
  grade_not_admitted: msg`Lots like this are for other grades.`,
  city_not_served: msg`Your company does not work in the city of this lot.`,
  niche_not_served: msg`Your company does not work in the niche of this lot.`,
  lead_given: msg`A company has one of these leads, bought or given. It can be put on auction when it has come back.`,
  sellers_differ: msg`Leads of one lot have to be of one seller: one partner, or the head office.`,
  unknown_amount_band: msg`The bands of amounts have been changed. Choose another one.`,
  duration_invalid: msg`A lot ends after it opens, at most 90 days later.`,
  reserve_too_low: msg`The reserve has to be above the start price. Leave it empty to sell to every bid.`,
  buy_now_too_low: msg`The price to buy now has to be above the start price and the reserve.`,
  floor_too_high: msg`The lowest price has to be below the start price.`,
  entry_conflict: msg`This number of a payment was recorded with another owner or amount.`,
  return_window_over: msg`The time for a return is over.`,
  return_exists: msg`A return was asked for already.`,
  return_decided: msg`Somebody has decided on this return already.`,
  arbiter_is_party: msg`Whoever is a party to a return does not decide on it.`,
  sku_taken: msg`Another article has this number. Choose another one, or edit that article.`,
  number_taken: msg`Another order has this number. Choose another one, or change that order.`,
  unknown_client: msg`There is no such client any more. Choose another one.`,
  discount_too_large: msg`A discount is larger than what it is taken from.`,
  order_too_large: msg`The sum is larger than can be kept.`,
  payment_cancelled: msg`The payment was cancelled. Enter what came as another one.`,
  empty_file: msg`The file is empty.`,
  file_gone: msg`The uploaded file is not kept any more. Send it again.`,
  file_not_text: msg`This is no text. Send CSV, or a workbook as .xlsx.`,
  file_too_large: msg`The file is too large. Send it in parts.`,
  old_workbook: msg`This is a workbook of an old kind (.xls), or one with a password. Save it as .xlsx without one.`,
  header_missing: msg`The first row looks like one of the others. Put a row before it that names the columns.`,
  foreign_origin: msg`The server knows this page under another address. Open it under the address that your admin has given you.`,
  internal: msg`Something went wrong on the server. Try again; if it stays so, tell an admin.`,
};

/** Gives the text of a problem in the person's language. */
export function useProblemText(): (problem: ProblemLike) => string {
  const { i18n } = useLingui();
  return useCallback((problem) => problemText(i18n, problem), [i18n]);
}

/** The same outside of a page. */
export function problemText(i18n: I18n, { code, reason }: ProblemLike): string {
  const known = TEXTS[code] ?? (i18n.locale === 'en' ? undefined : REFUSALS[code]);
  return known === undefined ? reason : i18n._(known);
}

/** Whether people read a refusal with this code in their own language. */
export function hasText(code: string): boolean {
  return code in TEXTS || code in REFUSALS;
}
