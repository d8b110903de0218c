import { badInput } from './refusals.ts';

/** Kinds of fields that are made of parts. */
export type CompositeType = 'CURRENCY' | 'FULL_NAME' | 'EMAILS' | 'PHONES' | 'LINKS' | 'RICH_TEXT';

type Parts = Readonly<Record<string, unknown>>;

const EMPTY: Readonly<Record<CompositeType, Parts>> = {
  CURRENCY: { amountMicros: null, currencyCode: null },
  FULL_NAME: { firstName: '', lastName: '' },
  EMAILS: { primaryEmail: '', additionalEmails: [] },
  PHONES: {
    primaryPhoneNumber: '',
    primaryPhoneCountryCode: '',
    primaryPhoneCallingCode: '',
    additionalPhones: [],
  },
  LINKS: { primaryLinkUrl: '', primaryLinkLabel: '', secondaryLinks: [] },
  RICH_TEXT: { blocknote: null, markdown: null },
};

/** As GraphQL names the parts. */
export const COMPOSITE_SCHEMA = `
  scalar Parts
  type Currency { amountMicros: Float currencyCode: String }
  type FullName { firstName: String lastName: String }
  type Emails { primaryEmail: String additionalEmails: [String!] }
  type Phones { primaryPhoneNumber: String primaryPhoneCountryCode: String primaryPhoneCallingCode: String additionalPhones: Parts }
  type RichText { blocknote: String markdown: String }
  type Links { primaryLinkUrl: String primaryLinkLabel: String secondaryLinks: Parts }`;

const COUNTRIES: readonly (readonly [calling: string, country: string])[] = [
  ['+380', 'UA'],
  ['+49', 'DE'],
  ['+44', 'GB'],
  ['+1', 'US'],
];

export function isComposite(type: unknown): type is CompositeType {
  return typeof type === 'string' && type in EMPTY;
}

export function emptyComposite(type: CompositeType): Parts {
  return EMPTY[type];
}

/** The parts after a write, which names some of them. Throws as twenty does for what it does not take. */
export function writtenComposite(
  name: string,
  type: CompositeType,
  before: Parts | undefined,
  value: unknown,
): Parts {
  const parts = value as Parts;
  const kept = { ...(before ?? EMPTY[type]), ...parts };
  switch (type) {
    case 'CURRENCY':
      return parts;
    case 'FULL_NAME':
    case 'LINKS':
      return kept;
    case 'RICH_TEXT':
      return richText(parts);
    case 'EMAILS':
      return { ...kept, primaryEmail: emailOf(name, parts['primaryEmail']) };
    case 'PHONES':
      return { ...kept, additionalPhones: [], ...parts, ...phoneOf(parts) };
  }
}

/** Each of the two forms is made of the other one; of both together none. */
function richText({ markdown, blocknote }: Parts): Parts {
  const blocks =
    typeof markdown === 'string' && markdown !== '' ? JSON.stringify([markdown]) : null;
  const text = typeof blocknote === 'string' ? blocknote : null;
  return { markdown: markdown || text, blocknote: blocknote || blocks };
}

function emailOf(name: string, value: unknown): string {
  const text = typeof value === 'string' ? value.toLowerCase() : '';
  if (text === '' || /^[^@\s]+@[^@\s]+$/.test(text)) return text;
  throw badInput(
    `Invalid string value '${text}' for email field "${name}.primaryEmail"`,
    'INVALID_ARGS_DATA',
  );
}

/** A number is split into that of the country and the rest. */
function phoneOf({ primaryPhoneNumber: number }: Parts): Parts {
  if (typeof number !== 'string' || number === '') return {};
  const found = COUNTRIES.find(([calling]) => number.startsWith(calling));
  if (found === undefined || !/^\+\d{8,15}$/.test(number))
    throw badInput(`Provided phone number is invalid ${number}`, 'INVALID_PHONE_NUMBER');
  const [calling, country] = found;
  return {
    primaryPhoneNumber: number.slice(calling.length),
    primaryPhoneCallingCode: calling,
    primaryPhoneCountryCode: country,
  };
}
