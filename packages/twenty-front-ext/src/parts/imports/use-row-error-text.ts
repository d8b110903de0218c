import { msg } from '@lingui/core/macro';
import type { MessageDescriptor } from '@lingui/core';
import { useLingui } from '@lingui/react/macro';
import type { ImportReportFragment } from '../../generated/graphql.ts';

type RowError = Pick<ImportReportFragment['firstErrors'][number], 'code' | 'reason'>;

const NOT_LISTED = msg`This word is not in the list.`;

const TEXTS: Readonly<Record<string, MessageDescriptor>> = {
  too_many_cells: msg`The row has more cells than there are columns.`,
  contact_missing: msg`A lead needs a name, a telephone number or an e-mail address.`,
  phone_invalid: msg`This is no telephone number. Numbers of other countries need their code, such as +380.`,
  phone_rounded: msg`A spreadsheet has cut the last digits of this number. Format the column as text and export it again.`,
  email_invalid: msg`This is no e-mail address.`,
  text_too_long: msg`This text is too long.`,
  too_many: msg`There are too many of them for one lead.`,
  amount_invalid: msg`This is no amount.`,
  currency_missing: msg`An amount needs a currency, such as UAH.`,
  currency_invalid: msg`A currency has three letters, such as UAH.`,
  consent_unreadable: msg`Consent is yes or no; an empty cell says that nobody has asked.`,
  external_id_invalid: msg`An id has 1 to 200 printable characters.`,
  external_id_known: msg`This id was entered before; nothing changed.`,
  duplicate: msg`It is known already, and nothing is entered twice.`,
  not_in_list: NOT_LISTED,
  name_missing: msg`A company has a name; write one.`,
  name_differs: msg`A client of another name has this e-mail address or telephone number. Change it by hand.`,
  several_contacts: msg`A person at a client has one number and one address. Leave one here, and give the others rows of their own.`,
  several_clients: msg`Several clients have this e-mail address, telephone number or name. Merge them first.`,
  kind_differs: msg`The client with this id is of the other kind. Change its kind first.`,
  client_archived: msg`The client is archived. Bring it back first.`,
  too_many_segments: msg`There are too many segments for one client.`,
  key_account_unreadable: msg`A key account is yes or no.`,
};

/** What is wrong with a row, in the person's language. The server's own words are English and name the value as well. */
export function useRowErrorText(): (error: RowError) => string {
  const { i18n } = useLingui();
  return ({ code, reason }) => {
    if (i18n.locale === 'en') return reason;
    const known = TEXTS[code] ?? (code.startsWith('unknown_') ? NOT_LISTED : undefined);
    return known === undefined ? reason : i18n._(known);
  };
}
