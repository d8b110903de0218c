import { useQuery } from '@apollo/client/react';
import { useLingui } from '@lingui/react/macro';
import { Button } from 'twenty-ui/input';
import { ClientFacetsDocument } from '../../generated/graphql.ts';
import { useClientTexts } from '../../parts/client-edits/use-client-texts.ts';
import { usePersonName } from '../../parts/people/person-name.tsx';
import { PersonPicker } from '../../parts/people/person-picker.tsx';
import { SegmentChooser } from '../../parts/segments/segment-chooser.tsx';
import type { Segments } from '../../parts/segments/use-segments.ts';
import { FilterChips } from '../../ui/chip/filter-chips.tsx';
import type { FilterChip } from '../../ui/chip/filter-chips.tsx';
import { CheckboxField } from '../../ui/form/checkbox-field.tsx';
import { SelectField } from '../../ui/form/select-field.tsx';
import { FilterPopover } from '../../ui/popover/filter-popover.tsx';
import { SearchField } from '../../ui/search/search-field.tsx';
import { countFilters, NO_FILTERS, segmentQuestions } from './client-filters.ts';
import type { ClientFilters } from './client-filters.ts';
import styles from './clients.module.css';

interface ClientFilterBarProps {
  readonly segments: Segments;
  readonly value: ClientFilters;
  readonly onChange: (value: ClientFilters) => void;
}

/** Search, filters and what of them holds now. */
export function ClientFilterBar({ segments, value, onChange }: ClientFilterBarProps) {
  const { t } = useLingui();
  const count = countFilters(value);
  return (
    <div className={styles.bar} role="search" aria-label={t`Clients`}>
      <SearchField
        label={t`Search by name`}
        value={value.text}
        onChange={(text) => onChange({ ...value, text })}
      />
      <FilterPopover count={count}>
        <FilterForm value={value} onChange={onChange} />
      </FilterPopover>
      <SegmentChooser
        segments={segments}
        chosen={value.inSegment}
        questions={segmentQuestions(value)}
        onChoose={(inSegment) =>
          onChange({ ...NO_FILTERS, text: value.text, archived: value.archived, inSegment })
        }
      />
      <ClientFilterChips segments={segments} value={value} onChange={onChange} />
      {count > 0 && (
        <Button
          title={t`Clear all`}
          variant="tertiary"
          size="small"
          onClick={() => onChange({ ...NO_FILTERS, text: value.text })}
        />
      )}
    </div>
  );
}

function FilterForm({ value, onChange }: Omit<ClientFilterBarProps, 'segments'>) {
  const { t } = useLingui();
  const { fields, kinds } = useClientTexts();
  const ownerName = usePersonName(value.owner);
  const { data } = useQuery(ClientFacetsDocument);
  const facets = data?.clientFacets;
  const any = { value: '', label: t`Any` } as const;
  const words = [
    { key: 'industry', words: facets?.industries },
    { key: 'segment', words: facets?.segments },
    { key: 'clientType', words: facets?.clientTypes },
    { key: 'budgetBand', words: facets?.budgetBands },
    { key: 'size', words: facets?.sizes },
    { key: 'source', words: facets?.sources },
  ] as const;
  const labels = { ...fields, segment: t`Segment` };
  return (
    <>
      <SelectField
        label={fields.kind}
        value={value.kind ?? ''}
        options={[
          any,
          { value: 'company', label: kinds.company },
          { value: 'person', label: kinds.person },
        ]}
        onChange={(kind) => onChange({ ...value, kind: kind === '' ? null : kind })}
      />
      {words.map(({ key, words: used = [] }) => {
        const chosen = value[key];
        // A word of an old address may be gone; it is still what holds.
        const all = chosen === null || used.includes(chosen) ? used : [...used, chosen];
        return (
          <SelectField
            key={key}
            label={labels[key]}
            value={chosen ?? ''}
            options={[any, ...all.map((word) => ({ value: word, label: word }))]}
            onChange={(word) => onChange({ ...value, [key]: word === '' ? null : word })}
          />
        );
      })}
      <PersonPicker
        label={fields.owner}
        placeholder={t`Anybody`}
        value={value.owner === null ? null : { id: value.owner, name: ownerName ?? value.owner }}
        onChange={(person) => onChange({ ...value, owner: person?.id ?? null })}
      />
      <CheckboxField
        label={t`Key accounts only`}
        checked={value.keyAccount}
        onChange={(keyAccount) => onChange({ ...value, keyAccount })}
      />
      <CheckboxField
        label={t`Archived clients`}
        checked={value.archived}
        onChange={(archived) => onChange({ ...value, archived })}
      />
    </>
  );
}

function ClientFilterChips({ segments, value, onChange }: ClientFilterBarProps) {
  const { t } = useLingui();
  const { fields, kinds } = useClientTexts();
  const ownerName = usePersonName(value.owner);
  const chips: readonly FilterChip<ClientFilters>[] = [
    {
      name: t`Saved segment`,
      text: segments.nameOf(value.inSegment),
      without: { inSegment: null },
    },
    {
      name: fields.kind,
      text: value.kind === null ? null : kinds[value.kind],
      without: { kind: null },
    },
    { name: fields.industry, text: value.industry, without: { industry: null } },
    { name: t`Segment`, text: value.segment, without: { segment: null } },
    { name: fields.clientType, text: value.clientType, without: { clientType: null } },
    { name: fields.budgetBand, text: value.budgetBand, without: { budgetBand: null } },
    { name: fields.size, text: value.size, without: { size: null } },
    { name: fields.source, text: value.source, without: { source: null } },
    { name: fields.owner, text: ownerName, without: { owner: null } },
    {
      name: t`Key accounts`,
      text: value.keyAccount ? t`only` : null,
      without: { keyAccount: false },
    },
    {
      name: t`Archived clients`,
      text: value.archived ? t`shown` : null,
      without: { archived: false },
    },
  ];
  return <FilterChips chips={chips} value={value} onChange={onChange} />;
}
