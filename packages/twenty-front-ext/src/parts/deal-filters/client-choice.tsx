import { useQuery } from '@apollo/client/react';
import { useLingui } from '@lingui/react/macro';
import { ClientFacetsDocument } from '../../generated/graphql.ts';
import { SelectField } from '../../ui/form/select-field.tsx';
import type { DealFilters } from './deal-filters.ts';

type ClientFilters = Pick<DealFilters, 'industry' | 'segment' | 'clientType' | 'budgetBand'>;

interface ClientChoiceProps {
  readonly value: ClientFilters;
  readonly onChange: (change: Partial<ClientFilters>) => void;
}

/** What the tenant's clients are described by; nothing until one is. */
export function ClientChoice({ value, onChange }: ClientChoiceProps) {
  const { t } = useLingui();
  const { data } = useQuery(ClientFacetsDocument);
  const facets = data?.clientFacets;
  const fields = [
    { key: 'industry', label: t`Industry`, words: facets?.industries },
    { key: 'segment', label: t`Segment`, words: facets?.segments },
    { key: 'clientType', label: t`Client type`, words: facets?.clientTypes },
    { key: 'budgetBand', label: t`Budget`, words: facets?.budgetBands },
  ] as const;
  return fields.map(({ key, label, words = [] }) =>
    words.length === 0 && value[key] === null ? null : (
      <SelectField
        key={key}
        label={label}
        value={value[key] ?? ''}
        options={[
          { value: '', label: t`Any` },
          ...withChosen(words, value[key]).map((word) => ({ value: word, label: word })),
        ]}
        onChange={(word) => onChange({ [key]: word === '' ? null : word })}
      />
    ),
  );
}

/** A word of an old address may be gone; it is still what holds. */
function withChosen(words: readonly string[], chosen: string | null): readonly string[] {
  return chosen === null || words.includes(chosen) ? words : [...words, chosen];
}
