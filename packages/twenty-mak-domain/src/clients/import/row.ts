import { accept } from '../../basics/index.ts';
import type { Decision } from '../../basics/index.ts';
import type { ExternalRef } from '../../deal-gates/index.ts';
import { contactCells, externalRefCell, rowReader, yesOrNo } from '../../imports/index.ts';
import type { ImportProfile, ReadRow, RowCells } from '../../imports/index.ts';
import type { ContactRules, ReadPhone } from '../../leads/contact.ts';
import type { ContactDetails } from '../contacts.ts';
import { CLIENT_LIMITS } from '../merge.ts';
import { checkClientProfile, CLIENT_KIND_CHOICE } from './fields.ts';

/** A row as a client that nobody has compared with the known ones yet. Null is what the row does not say. */
export interface ClientDraft {
  readonly kind: 'company' | 'person' | null;
  readonly name: string | null;
  readonly industry: string | null;
  readonly size: string | null;
  readonly budget_band: string | null;
  readonly client_type: string | null;
  readonly source: string | null;
  readonly segments: readonly string[];
  readonly key_account: boolean | null;
  /** As the file names the person; who it is is for the store to say. */
  readonly owner: string | null;
  readonly contact: (ContactDetails & { readonly position: string | null }) | null;
  readonly externalRef: ExternalRef | null;
  readonly attributes: Readonly<Record<string, string>>;
}

const MAX_NAME = 500;
const MAX_WORD = 100;

/**
 * How to read the rows of a file of clients. Refuses with the codes of `checkClientProfile`. A row is rejected with all that is
 * wrong with it: `too_many_cells`, `unknown_kind`, `name_missing`, `key_account_unreadable`, `several_contacts`, `too_many_segments`,
 * `phone_rounded`, `not_in_list`, `external_id_invalid`, `text_too_long` and the codes of `readContact`.
 */
export function clientRowReader(
  profile: ImportProfile,
  header: readonly string[],
  readPhone: ReadPhone,
): Decision<ReadRow<ClientDraft>> {
  const checked = checkClientProfile(profile, header);
  if (!checked.ok) return checked;
  const rules = { readPhone, country: profile.country };
  return accept(rowReader(profile, header, (row) => draftOf(row, rules)));
}

function draftOf(row: RowCells, rules: ContactRules): ClientDraft {
  const kind = row.choice('kind', CLIENT_KIND_CHOICE) as ClientDraft['kind'];
  const name = joined(row, 'name', MAX_NAME);
  const contact = contactOf(row, rules, kind === 'person' ? name : null);
  if (name === null && (kind !== 'person' || contact === null))
    row.fail(row.one('name'), 'name_missing', 'A company has a name; write one.');
  return {
    kind,
    name: name ?? contact?.name ?? null,
    industry: row.text('industry', MAX_WORD),
    size: row.text('size', MAX_WORD),
    budget_band: row.text('budget_band', MAX_WORD),
    client_type: row.text('client_type', MAX_WORD),
    source: row.text('source', MAX_WORD),
    segments: segmentsOf(row),
    key_account: keyAccountOf(row),
    owner: row.text('owner'),
    contact,
    externalRef: externalRefCell(row),
    attributes: row.attributes(),
  };
}

/** Who is reached there; a person who is a client is called by its own name. */
function contactOf(row: RowCells, rules: ContactRules, own: string | null): ClientDraft['contact'] {
  const { name, phones, emails } = contactCells(row, rules, {
    name: 'contact_name',
    needed: false,
  });
  for (const [field, values] of [
    ['phone', phones],
    ['email', emails],
  ] as const)
    if (values.length > 1)
      row.fail(
        row.one(field),
        'several_contacts',
        'A person at a client has one number and one address. Leave one here, and give the others rows of their own.',
      );
  const position = row.text('contact_position', MAX_WORD);
  const [phone, email] = [phones[0], emails[0]];
  const called = name ?? own?.slice(0, 200) ?? undefined;
  if (called === undefined && phone === undefined && email === undefined) return null;
  return {
    position,
    ...(called === undefined ? {} : { name: called }),
    ...(phone === undefined ? {} : { phone }),
    ...(email === undefined ? {} : { email }),
  };
}

/** Of several columns one text: first and last name. */
function joined(row: RowCells, field: string, max: number): string | null {
  const text = row.text(field, max);
  return text === null ? null : text.replaceAll('\n', ' ');
}

function segmentsOf(row: RowCells): readonly string[] {
  const cells = row.all('segments');
  const named = cells.flatMap(({ text }) => text.split(/[;,|]/).map((part) => part.trim()));
  const segments = [...new Set(named.filter((segment) => segment !== ''))];
  if (segments.some((segment) => segment.length > MAX_WORD))
    row.fail(cells[0] ?? null, 'text_too_long', `A segment has at most ${MAX_WORD} characters.`);
  if (segments.length > CLIENT_LIMITS.segments)
    row.fail(
      cells[0] ?? null,
      'too_many_segments',
      `A client is in at most ${CLIENT_LIMITS.segments} segments.`,
    );
  return segments;
}

function keyAccountOf(row: RowCells): boolean | null {
  const cell = row.one('key_account');
  if (cell === null) return null;
  const answer = yesOrNo(cell.text);
  if (answer !== null) return answer;
  return row.fail(cell, 'key_account_unreadable', 'A key account is yes or no.');
}
