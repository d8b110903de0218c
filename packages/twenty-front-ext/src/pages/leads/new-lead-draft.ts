import type {
  CheckLeadQuery,
  CreateLeadInput,
  LeadCheckInput,
  LeadRulesFragment,
  LegalForm,
} from '../../generated/graphql.ts';
import type { PersonChoice } from '../../parts/people/person-picker.tsx';
import type { Option } from '../../ui/form/select-field.tsx';
import { readMoney } from '../../ui/format/money-text.ts';

/** What people fill in about a new lead. Empty text means that nothing is known. */
export interface LeadDraft {
  readonly name: string;
  readonly phones: readonly string[];
  readonly emails: readonly string[];
  readonly city: string;
  readonly niche: string;
  readonly legalForm: LegalForm | '';
  readonly source: string;
  readonly handling: string;
  /** Who brought it; a company does not say so of itself. */
  readonly partner: Option | null;
  readonly amount: string;
  readonly responsible: PersonChoice | null;
  readonly comment: string;
  readonly consented: boolean;
  readonly evidence: string;
}

export const NEW_LEAD: LeadDraft = {
  name: '',
  phones: [],
  emails: [],
  city: '',
  niche: '',
  legalForm: '',
  source: '',
  handling: '',
  partner: null,
  amount: '',
  responsible: null,
  comment: '',
  consented: false,
  evidence: '',
};

/** Whether there is anybody to speak of. */
export function namesSomebody({ name, phones, emails }: LeadDraft): boolean {
  return name.trim() !== '' || phones.length > 0 || emails.length > 0;
}

export function checkInput({ name, phones, emails, city }: LeadDraft): LeadCheckInput {
  return { ...words({ name, city }), phones: [...phones], emails: [...emails] };
}

/** The draft as the server takes it; what is not known is left out. */
export function createInput(draft: LeadDraft, currency: string): CreateLeadInput {
  const { phones, emails, amount, partner, responsible, consented, evidence } = draft;
  const { name, city, niche, legalForm, source, handling, comment } = draft;
  const minor = amount.trim() === '' ? null : readMoney(amount, currency);
  return {
    ...words({ name, city, niche, legalForm, source, handling, comment }),
    phones: [...phones],
    emails: [...emails],
    ...(minor === null ? {} : { amount: minor, currency }),
    ...(partner === null ? {} : { partnerId: partner.value }),
    ...(responsible === null ? {} : { responsibleId: responsible.id }),
    ...(consented ? { consent: { answer: 'given', evidence: evidence.trim() } } : {}),
  };
}

export type Notice = CheckLeadQuery['checkLeadDuplicate'];
type Fate = 'new' | 'warn' | 'block' | 'merge';

/**
 * What becomes of the lead when it is entered. A company is not told which leads match and by what: unless the rules
 * agree, the server decides.
 */
export function fateOf(
  { exists, matches }: Notice,
  { certain, likely }: Pick<LeadRulesFragment, 'certain' | 'likely'>,
): Fate {
  if (!exists) return 'new';
  if (matches === null) return certain === 'block' && likely === 'block' ? 'block' : 'warn';
  const wishes = matches.map(({ by }) => (by === 'name' ? likely : certain));
  if (wishes.includes('block')) return 'block';
  if (wishes.includes('merge')) return 'merge';
  return wishes.includes('warn') ? 'warn' : 'new';
}

function words<Name extends string>(
  texts: Readonly<Record<Name, string>>,
): Partial<Record<Name, string>> {
  const given = Object.entries<string>(texts)
    .map(([name, text]) => [name, text.trim()] as const)
    .filter(([, text]) => text !== '');
  return Object.fromEntries(given) as Partial<Record<Name, string>>;
}
