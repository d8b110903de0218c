import { request } from '../../app/data/request.ts';
import type { CompanyKind, LegalForm } from '../../generated/graphql.ts';

export interface Choice {
  readonly key: string;
  readonly title: string;
}

/** What the page begins with. */
export interface RegistrationForm {
  readonly tenant: string;
  readonly name: string;
  readonly locale: string;
  readonly languages: readonly string[];
  readonly privacy_url: string | null;
  /** To choose from; other ones may be written too. */
  readonly cities: readonly Choice[];
  readonly niches: readonly Choice[];
}

export interface RegisterValues {
  readonly kind: CompanyKind;
  readonly name: string;
  readonly email: string;
  readonly phone: string;
  readonly companyName: string;
  readonly legalForm: LegalForm;
  readonly taxNumber: string;
  readonly city: string;
  readonly niche: string;
  readonly consent: boolean;
}

export const NOTHING_TYPED: RegisterValues = {
  kind: 'partner',
  name: '',
  email: '',
  phone: '',
  companyName: '',
  legalForm: 'sole_trader',
  taxNumber: '',
  city: '',
  niche: '',
  consent: false,
};

export function readForm(tenant: string): Promise<RegistrationForm> {
  return request(`/v1/registrations/form?tenant=${encodeURIComponent(tenant)}`);
}

export async function sendRegistration(
  tenant: string,
  locale: string,
  { companyName, legalForm, taxNumber, ...values }: RegisterValues,
): Promise<void> {
  const body = {
    ...values,
    tenant,
    locale,
    company_name: companyName,
    legal_form: legalForm,
    tax_number: taxNumber,
  };
  await request('/v1/registrations', { method: 'POST', body });
}
