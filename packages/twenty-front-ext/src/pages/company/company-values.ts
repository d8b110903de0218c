import { validateCalendar } from 'twenty-mak-domain';
import type { WorkingCalendar } from 'twenty-mak-domain';
import type { CompanyFieldsFragment, UpdateTenantInput } from '../../generated/graphql.ts';

export interface NamedCalendar {
  readonly name: string;
  readonly calendar: WorkingCalendar;
}

/** What the form edits. */
export interface CompanyValues {
  readonly name: string;
  readonly currency: string;
  readonly timeZone: string;
  readonly locale: string;
  readonly languages: readonly string[];
  readonly escalation: boolean;
  /** Empty: no page may embed ours. */
  readonly twentyUrl: string;
  readonly registrationOpen: boolean;
  /** Empty: applicants agree to no text. */
  readonly privacyUrl: string;
  readonly companyTotp: boolean;
  readonly workingCalendar: NamedCalendar | null;
  readonly version: number;
}

export function valuesOf(tenant: CompanyFieldsFragment): CompanyValues {
  const { name, currency, timeZone, locale, languages, escalation, version } = tenant;
  return {
    name,
    currency,
    timeZone,
    locale,
    languages,
    escalation,
    twentyUrl: tenant.twentyUrl ?? '',
    registrationOpen: tenant.registrationOpen,
    privacyUrl: tenant.privacyUrl ?? '',
    companyTotp: tenant.companyTotp,
    workingCalendar: readCalendar(tenant.workingCalendar),
    version,
  };
}

/** The input of the mutation for what was changed. */
export function inputOf(
  version: number,
  { languages, twentyUrl, privacyUrl, ...rest }: Partial<CompanyValues>,
): UpdateTenantInput {
  return {
    ...rest,
    ...(languages === undefined ? {} : { languages: [...languages] }),
    ...(twentyUrl === undefined ? {} : { twentyUrl: twentyUrl === '' ? null : twentyUrl }),
    ...(privacyUrl === undefined ? {} : { privacyUrl: privacyUrl === '' ? null : privacyUrl }),
    version,
  };
}

/** Texts without the spaces around them, as they are sent. */
export function trimmed(values: CompanyValues): CompanyValues {
  return {
    ...values,
    name: values.name.trim(),
    currency: values.currency.trim().toUpperCase(),
    timeZone: values.timeZone.trim(),
    twentyUrl: values.twentyUrl.trim().replace(/\/$/, ''),
    privacyUrl: values.privacyUrl.trim(),
  };
}

/** The calendar of the server's answer; null when there is none. */
function readCalendar(raw: unknown): NamedCalendar | null {
  if (typeof raw !== 'object' || raw === null) return null;
  const { name, calendar }: { name?: unknown; calendar?: unknown } = raw;
  if (typeof name !== 'string') return null;
  const read = validateCalendar(calendar, 'calendar');
  return read.ok && read.value.kind === 'working' ? { name, calendar: read.value } : null;
}
