import { msg } from '@lingui/core/macro';
import type { MessageDescriptor } from '@lingui/core';
import { useLingui } from '@lingui/react/macro';
import { problemText } from '../../ui/states/problem-text.ts';

/** Why a side did not take a value, and what to do. Of `refused_by_…` there is none: the words of the other system are shown. */
const REFUSALS: Readonly<Record<string, MessageDescriptor>> = {
  already_linked: msg`It is one with a record of MaK that has another one there already. Merge the two there.`,
  buyer_required: msg`The client has no contact with a name, an e-mail address or a telephone number. Add one.`,
  client_merged: msg`The company was merged into another one in MaK. Merge the two in the other system too.`,
  company_required: msg`A contact of a company cannot be left without one.`,
  contact_empty: msg`A contact needs a name, an e-mail address or a telephone number.`,
  contact_gone: msg`The contact was removed in MaK. Delete it there too.`,
  contact_is_client: msg`This person is a client in MaK and becomes no company’s contact there.`,
  contact_merged: msg`The contact became one with another one in MaK. Merge the two in the other system too.`,
  contact_missing: msg`It says neither a name nor a number nor an address. Put a contact on it there.`,
  currency_fixed: msg`The order has another currency there now. Give it the old one there; until then its changes stay there.`,
  deal_gone: msg`There is no such deal in MaK any more.`,
  deal_merged: msg`The deal was merged into another one. Change that one.`,
  deal_required: msg`A task from elsewhere belongs to a deal. Add it to one.`,
  deleted_there: msg`Somebody deleted it in the other system. It is not made again.`,
  field_gone: msg`The custom field was removed there, so the value in MaK stays. Choose another field under Settings, or none.`,
  field_read_only: msg`MaK lets nobody outside set this field.`,
  fixed_there: msg`This cannot be changed any more in the other system.`,
  invalid_amount: msg`This is no amount that MaK can hold: it needs a currency and no fractions of its smallest unit.`,
  invalid_contact: msg`MaK cannot hold this value of a contact.`,
  invalid_value: msg`MaK cannot hold this value.`,
  lead_exists: msg`MaK has such a lead already, and your rules for duplicates let no second one in. Merge the two there, or change the rules.`,
  lead_known_there: msg`amoCRM takes it for a lead of its own that is something else in MaK. Merge the two in MaK, or change the control of duplicates there, then try again.`,
  lead_merged: msg`The lead became one with another one in MaK. Merge the two in the other system too.`,
  lines_fixed: msg`Lines of an order cannot be added, removed or exchanged in the other system. Do it there by hand.`,
  name_required: msg`A name is missing. Write one.`,
  name_too_long: msg`The name is too long: at most 500 characters.`,
  not_created: msg`No pipeline takes the deal in. Publish one and make it the default.`,
  other_currency: msg`It is in another currency than the other system takes, so it stays in MaK.`,
  note_gone: msg`There is no such note in MaK any more.`,
  part_of_lines: msg`A part of the sum belongs to lines, packing or taxes there. Change it there.`,
  person_erased: msg`The person was erased in MaK and stays so. Delete the person there too.`,
  poisoned: msg`Every attempt ended without a word; the log of the worker says why. Try it again when that is mended.`,
  record_read_only: msg`MaK lets nobody outside change records of this kind.`,
  sku_fixed: msg`An offer keeps its number there.`,
  sku_with_comma: msg`KeyCRM cannot be asked for a number with a comma. Give the article a number without one.`,
  task_closed: msg`The task is closed in MaK and not opened again from outside.`,
  task_gone: msg`There is no such task in MaK any more.`,
  text_required: msg`A note without text. Write one, or delete the note.`,
  text_too_long: msg`The note is too long: at most 10,000 characters.`,
  title_too_long: msg`The title of the task is too long: at most 500 characters.`,
  tracking_fixed: msg`The tracking code of an order is taken once there.`,
  unknown_assignee: msg`No account in MaK has the e-mail address of this person. Invite the person, or name the other address under Settings.`,
  unknown_client: msg`MaK does not have the company or the person. Their history says why.`,
  unknown_contact: msg`MaK does not have the person. The history of the person says why.`,
  unknown_mak_id: msg`The record there carries the id of one that this MaK does not have. It may belong to another MaK.`,
  unknown_member: msg`The owner is nobody in the other system. Invite the person there, or name the other e-mail address under Settings.`,
  unknown_owner: msg`No account in MaK has the e-mail address of this person. Invite the person, or name the other address under Settings.`,
  unknown_record: msg`The other system does not have a record that this one names: it was deleted there, or not taken over yet. Its history says why.`,
  unknown_status: msg`The other system has no status for this one. Name it in the settings of the connector.`,
  withheld_there: msg`The other system does not let MaK see it. Give the user whose key MaK has the right to it there.`,
};

/** Codes whose reasons name another record, which people have to find. */
const NAMING: ReadonlySet<string> = new Set([
  'already_linked',
  'lead_exists',
  'lead_known_there',
  'unknown_mak_id',
]);
const RECORD_ID = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|\d+/;

interface RefusalLike {
  readonly code: string;
  /** What the server says; shown when we have no text of our own for the code. */
  readonly reason: string;
}

/** The other record that a reason names; null when it names none. */
export function recordNamedBy({ code, reason }: RefusalLike): string | null {
  return NAMING.has(code) ? (RECORD_ID.exec(reason)?.[0] ?? null) : null;
}

/** The reason of a refusal in the person's language: that of people who meet the same in MaK, else what the server says. */
export function useRefusalText(): (refusal: RefusalLike) => string {
  const { i18n } = useLingui();
  return (refusal) => {
    const known = REFUSALS[refusal.code];
    if (known === undefined) return problemText(i18n, refusal);
    const named = recordNamedBy(refusal);
    return named === null ? i18n._(known) : `${i18n._(known)} (${named})`;
  };
}
