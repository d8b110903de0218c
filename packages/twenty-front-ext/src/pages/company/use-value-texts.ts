import { useLingui } from '@lingui/react/macro';
import { LANGUAGES, isLanguage } from '../../app/i18n/languages.ts';
import type { CompanyValues, NamedCalendar } from './company-values.ts';

interface ValueTexts {
  readonly labels: Readonly<Record<keyof CompanyValues, string>>;
  readonly show: (values: Partial<CompanyValues>, field: keyof CompanyValues) => string;
}

/** Names and values of the settings in words, to compare two of them. */
export function useValueTexts(): ValueTexts {
  const { t } = useLingui();
  const language = (locale: string): string => (isLanguage(locale) ? LANGUAGES[locale] : locale);
  return {
    labels: {
      name: t`Name`,
      currency: t`Currency`,
      timeZone: t`Time zone`,
      locale: t`First language`,
      languages: t`Languages to choose from`,
      escalation: t`Escalation`,
      twentyUrl: t`Address of twenty's pages`,
      registrationOpen: t`Registration`,
      privacyUrl: t`Text about personal data`,
      companyTotp: t`Second factor of partners and franchisees`,
      workingCalendar: t`Working calendar`,
      version: '',
    },
    show: (values, field) => {
      switch (field) {
        case 'escalation':
          return values.escalation === true ? t`on` : t`off`;
        case 'registrationOpen':
        case 'companyTotp':
          return values[field] === true ? t`on` : t`off`;
        case 'locale':
          return language(values.locale ?? '');
        case 'languages':
          return (values.languages ?? []).map(language).join(', ');
        case 'workingCalendar':
          return calendarText(values.workingCalendar ?? null) ?? t`none`;
        case 'twentyUrl':
        case 'privacyUrl':
          return values[field] === '' ? t`none` : (values[field] ?? '');
        case 'name':
        case 'currency':
        case 'timeZone':
        case 'version':
          return String(values[field] ?? '');
      }
    },
  };
}

/** Weekdays count from 1, Monday. */
function calendarText(named: NamedCalendar | null): string | null {
  if (named === null) return null;
  const { name, calendar } = named;
  const days = Object.entries(calendar.week).map(
    ([day, hours]) => `${day}: ${hours.map(({ from, to }) => `${from}–${to}`).join(', ')}`,
  );
  return [name, calendar.timeZone, ...days, ...(calendar.holidays ?? [])].join('; ');
}
