import { accept } from '../../basics/index.ts';
import type { Decision } from '../../basics/index.ts';
import type { ExternalRef } from '../../deal-gates/index.ts';
import { contactCells, externalRefCell, rowReader, yesOrNo } from '../../imports/index.ts';
import type { ImportProfile, ReadRow, RowCells } from '../../imports/index.ts';
import { minorUnits, parseAmount } from '../../money/index.ts';
import type { ConsentAnswer } from '../consent.ts';
import type { ContactRules, LeadContact, ReadPhone } from '../contact.ts';
import type { LeadAmount } from '../lead.ts';
import type { LeadSettings } from '../settings.ts';
import { leadChoices } from './choices.ts';
import { checkLeadProfile, isCurrency } from './fields.ts';

/** A row as a lead that nobody has looked for duplicates of yet. */
export interface LeadDraft {
  readonly contact: LeadContact;
  readonly niche: string | null;
  readonly legalForm: string | null;
  /** Keys of the tenant's words. */
  readonly source: string | null;
  readonly handling: string | null;
  readonly status: string | null;
  readonly amount: LeadAmount | null;
  readonly comment: string | null;
  readonly consent: Exclude<ConsentAnswer, 'withdrawn'> | null;
  /** As the file names people; who they are is for the store to say. */
  readonly responsible: string | null;
  readonly partner: string | null;
  readonly externalRef: ExternalRef | null;
  readonly attributes: Readonly<Record<string, string>>;
}

/** Longest remark. */
const MAX_COMMENT = 10_000;

/**
 * How to read the rows of a file of leads. Refuses with the codes of `checkLeadProfile`. A row is rejected with all that is wrong
 * with it: `too_many_cells`, `phone_rounded`, `unknown_source`, `unknown_handling`, `unknown_status`, `amount_invalid`,
 * `currency_invalid`, `currency_missing`, `consent_unreadable`, `not_in_list`, `external_id_invalid`, `text_too_long` and the codes of
 * `readContact`.
 */
export function leadRowReader(
  profile: ImportProfile,
  header: readonly string[],
  settings: LeadSettings,
  readPhone: ReadPhone,
): Decision<ReadRow<LeadDraft>> {
  const checked = checkLeadProfile(profile, header, settings);
  if (!checked.ok) return checked;
  const choices = leadChoices(settings);
  const rules = { readPhone, country: profile.country };
  return accept(rowReader(profile, header, (row) => draftOf(row, choices, rules)));
}

function draftOf(
  row: RowCells,
  choices: ReturnType<typeof leadChoices>,
  rules: ContactRules,
): LeadDraft {
  return {
    contact: contactCells(row, rules, { name: 'name', needed: true }),
    niche: row.text('niche'),
    legalForm: row.text('legal_form'),
    source: row.choice('source', choices.source),
    handling: row.choice('handling', choices.handling),
    status: row.choice('status', choices.status),
    amount: amountOf(row),
    comment: row.text('comment', MAX_COMMENT),
    consent: consentOf(row),
    responsible: row.text('responsible'),
    partner: row.text('partner'),
    externalRef: externalRefCell(row),
    attributes: row.attributes(),
  };
}

function amountOf(row: RowCells): LeadAmount | null {
  const cell = row.one('amount');
  if (cell === null) return null;
  const currency = row.one('currency');
  if (currency === null)
    return row.fail(cell, 'currency_missing', 'An amount needs a currency, such as UAH.');
  const code = currency.text.toUpperCase();
  if (!isCurrency(code))
    return row.fail(currency, 'currency_invalid', 'A currency has three letters, such as UAH.');
  const amount = parseAmount(cell.text, minorUnits(code));
  if (amount === null || amount < 0)
    return row.fail(cell, 'amount_invalid', `This is no amount of ${code}, such as 1 234.50.`);
  return { amount, currency: code };
}

function consentOf(row: RowCells): LeadDraft['consent'] {
  const cell = row.one('consent');
  if (cell === null) return null;
  const answer = yesOrNo(cell.text);
  if (answer !== null) return answer ? 'given' : 'refused';
  return row.fail(
    cell,
    'consent_unreadable',
    'Consent is yes or no; an empty cell says that nobody has asked.',
  );
}
