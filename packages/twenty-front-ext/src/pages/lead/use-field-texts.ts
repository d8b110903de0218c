import { useLingui } from '@lingui/react/macro';
import { useCallback } from 'react';
import { useLegalFormNames } from '../../parts/companies/company-texts.ts';
import type { LeadWords } from '../../parts/leads/use-lead-words.ts';
import type { LeadField, LeadValues } from './lead-values.ts';

/** Names of the fields, and their values in words. */
export function useFieldTexts({ titleOf }: LeadWords) {
  const { t } = useLingui();
  const legalForms = useLegalFormNames();
  const names: Readonly<Record<LeadField, string>> = {
    name: t({ message: 'Name', context: 'of a person' }),
    phones: t`Telephone numbers`,
    emails: t`E-mail addresses`,
    city: t`City`,
    niche: t`Niche`,
    legalForm: t`Legal form`,
    handling: t`Handling`,
    title: t`Title`,
    score: t`Score`,
    amount: t`Amount`,
    responsible: t`Responsible`,
    source: t`Source`,
    partner: t`Partner`,
  };
  const show = useCallback(
    (field: LeadField, values: LeadValues): string => {
      switch (field) {
        case 'phones':
        case 'emails':
          return values[field].join(', ');
        case 'responsible':
        case 'partner':
          return values[field]?.name ?? '';
        case 'source':
          return titleOf('sources', values.source) ?? '';
        case 'handling':
          return titleOf('handlings', values.handling) ?? '';
        case 'city':
          return titleOf('cities', values.city) ?? '';
        case 'niche':
          return titleOf('niches', values.niche) ?? '';
        case 'legalForm': {
          const form = values.legalForm;
          return form === 'company' || form === 'sole_trader' ? legalForms[form] : form;
        }
        case 'name':
        case 'title':
        case 'score':
        case 'amount':
          return values[field];
      }
    },
    [titleOf, legalForms],
  );
  return { names, show };
}
