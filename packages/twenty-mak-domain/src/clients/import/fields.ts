import { refuse } from '../../basics/index.ts';
import type { Decision } from '../../basics/index.ts';
import { isContactMember } from '../../deal-gates/index.ts';
import { checkImportProfile } from '../../imports/index.ts';
import type { ImportChoice, ImportFields, ImportProfile } from '../../imports/index.ts';
import { words } from '../contacts.ts';

/** What a row of a file of clients can say. */
export const CLIENT_IMPORT_FIELDS: ImportFields = {
  rows: 'Clients',
  names: [
    ...['kind', 'name', 'industry', 'size', 'budget_band', 'client_type', 'source', 'segments'],
    ...[
      'key_account',
      'owner',
      'contact_name',
      'contact_position',
      'phone',
      'email',
      'external_id',
    ],
  ],
  several: ['name', 'contact_name', 'segments'],
  needed: ['name', 'phone', 'email'],
  missing: {
    code: 'client_missing',
    reason: 'Say which column is the name, the telephone number or the e-mail address.',
    field: 'columns',
  },
  listed: ['name', 'industry', 'size', 'budget_band', 'client_type', 'source'],
  defaults: [
    ...['kind', 'industry', 'size', 'budget_band', 'client_type', 'source', 'segments'],
    ...['key_account', 'owner'],
  ],
  knowsDuplicates: true,
  columns: {
    kind: ['kind', 'вид', 'тип контрагента', 'вид клиента', 'вид клієнта'],
    name: [
      ...['name', 'company', 'company name', 'client', 'account', 'organization', 'full name'],
      ...['first name', 'last name', 'название', 'наименование', 'компания', 'организация'],
      ...['клиент', 'контрагент', 'имя', 'фио', 'фамилия', 'назва', 'найменування', 'компанія'],
      ...['організація', 'клієнт', "ім'я", 'піб', 'прізвище'],
    ],
    industry: ['industry', 'sector', 'отрасль', 'галузь', 'сфера', 'ниша', 'ніша'],
    size: ['size', 'employees', 'размер', 'розмір', 'сотрудников', 'співробітників'],
    budget_band: ['budget band', 'budget', 'бюджет'],
    client_type: ['client type', 'type', 'тип клиента', 'тип клієнта', 'тип'],
    source: ['source', 'источник', 'джерело'],
    segments: ['segments', 'segment', 'tags', 'сегмент', 'сегменты', 'сегменти', 'теги'],
    key_account: ['key account', 'ключевой', 'ключевой клиент', 'ключовий', 'ключовий клієнт'],
    owner: [
      ...['owner', 'responsible', 'account manager', 'ответственный', 'менеджер'],
      'відповідальний',
    ],
    contact_name: [
      ...['contact name', 'contact', 'contact person', 'контактное лицо', 'контакт'],
      'контактна особа',
    ],
    contact_position: ['contact position', 'position', 'job title', 'должность', 'посада'],
    phone: [
      ...['phone', 'phone number', 'contact phone', 'mobile', 'tel', 'телефон', 'тел'],
      ...['мобильный', 'мобільний', 'номер телефона'],
    ],
    email: [
      ...['email', 'e-mail', 'mail', 'contact email', 'почта', 'эл почта', 'пошта'],
      'електронна пошта',
    ],
    external_id: ['id', 'external id', 'ид', 'код', 'код клиента', 'код клієнта'],
  },
};

/** What a row may call a company or a person. */
const KINDS = {
  company: [
    ...['company', 'organization', 'organisation', 'legal entity', 'компания', 'компанія'],
    ...['организация', 'організація', 'юрлицо', 'юридическое лицо', 'юрособа', 'юридична особа'],
  ],
  person: [
    ...['person', 'individual', 'человек', 'людина', 'физлицо', 'физическое лицо', 'фізособа'],
    'фізична особа',
  ],
} as const;
type Kind = keyof typeof KINDS;

export const CLIENT_KIND_CHOICE: ImportChoice & { readonly find: (text: string) => Kind | null } = {
  find: (text) => {
    const spoken = words(text);
    const names = Object.entries(KINDS).find(([, known]) => known.some((one) => one === spoken));
    return (names?.[0] ?? null) as Kind | null;
  },
  titles: ['company', 'person'],
};

/**
 * Checks a profile against the header of a file. Refuses with the codes of `checkImportProfile`, `client_missing` or
 * `attribute_not_allowed`.
 */
export function checkClientProfile(
  profile: ImportProfile,
  header: readonly string[],
): Decision<ImportProfile> {
  const choices = { kind: CLIENT_KIND_CHOICE };
  const checked = checkImportProfile(profile, header, CLIENT_IMPORT_FIELDS, choices);
  if (!checked.ok) return checked;
  // Attributes are open; what says who people are is sealed.
  const index = profile.columns.findIndex(
    ({ field }) => field.startsWith('attributes.') && isContactMember(field.slice(11)),
  );
  if (index < 0) return checked;
  return refuse(
    'attribute_not_allowed',
    'Attributes hold no contacts. Say which column is the name, the number or the address of the contact.',
    `columns.${index}.field`,
  );
}
