import { useLingui } from '@lingui/react/macro';
import { Button } from 'twenty-ui/input';
import { useIsCompany } from '../../app/shell/is-company.ts';
import { useMay } from '../../app/shell/tenant.tsx';
import { LEAD_KINDS, useKindNames } from '../../parts/leads/lead-kinds.ts';
import type { LeadWords } from '../../parts/leads/use-lead-words.ts';
import { usePersonName } from '../../parts/people/person-name.tsx';
import { PersonPicker } from '../../parts/people/person-picker.tsx';
import { SegmentChooser } from '../../parts/segments/segment-chooser.tsx';
import type { Segments } from '../../parts/segments/use-segments.ts';
import { RemovableChip } from '../../ui/chip/removable-chip.tsx';
import { CheckboxField } from '../../ui/form/checkbox-field.tsx';
import { SelectField } from '../../ui/form/select-field.tsx';
import { FilterPopover } from '../../ui/popover/filter-popover.tsx';
import { SearchField } from '../../ui/search/search-field.tsx';
import { countFilters, NO_FILTERS, segmentQuestions } from './lead-filters.ts';
import type { LeadFilters } from './lead-filters.ts';
import styles from './leads.module.css';

interface LeadFilterBarProps {
  readonly words: LeadWords;
  readonly segments: Segments;
  readonly value: LeadFilters;
  readonly onChange: (value: LeadFilters) => void;
}

const LISTS = [
  { key: 'status', list: 'statuses' },
  { key: 'source', list: 'sources' },
  { key: 'city', list: 'cities' },
  { key: 'niche', list: 'niches' },
] as const;

/** Search, filters and what of them holds now. Who may not see contacts cannot search by them. */
export function LeadFilterBar({ words, segments, value, onChange }: LeadFilterBarProps) {
  const { t } = useLingui();
  const count = countFilters(value);
  const [persons, isCompany] = [useMay('persons:read'), useIsCompany()];
  return (
    <div className={styles.bar} role="search" aria-label={t`Leads`}>
      {(persons || isCompany) && (
        <SearchField
          label={t`Whole name, number or e-mail`}
          value={value.text}
          onChange={(text) => onChange({ ...value, text })}
        />
      )}
      <FilterPopover count={count}>
        <FilterForm words={words} value={value} onChange={onChange} />
      </FilterPopover>
      <SegmentChooser
        segments={segments}
        chosen={value.segment}
        questions={segmentQuestions(value)}
        onChoose={(segment) => onChange({ ...NO_FILTERS, text: value.text, segment })}
      />
      <FilterChips words={words} segments={segments} value={value} onChange={onChange} />
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

function useListNames() {
  const { t } = useLingui();
  return { status: t`Status`, source: t`Source`, city: t`City`, niche: t`Niche` };
}

function FilterForm({
  words: { rules, titleOf },
  value,
  onChange,
}: Omit<LeadFilterBarProps, 'segments'>) {
  const { t } = useLingui();
  const names = useListNames();
  const isCompany = useIsCompany();
  const kinds = useKindNames();
  const responsible = usePersonName(value.responsible);
  return (
    <>
      <SelectField
        label={t`Kind of status`}
        value={value.kind ?? ''}
        options={[
          { value: '', label: t`Any` },
          ...LEAD_KINDS.map((kind) => ({ value: kind, label: kinds[kind] })),
        ]}
        onChange={(kind) => onChange({ ...value, kind: kind === '' ? null : kind })}
      />
      {LISTS.map(({ key, list }) => {
        const chosen = value[key];
        const known = rules?.[list].map((one) => one.key) ?? [];
        // A word of an old address may be gone; it is still what holds.
        const all = chosen === null || known.includes(chosen) ? known : [...known, chosen];
        return (
          <SelectField
            key={key}
            label={names[key]}
            value={chosen ?? ''}
            options={[
              { value: '', label: t`Any` },
              ...all.map((one) => ({ value: one, label: titleOf(list, one) ?? one })),
            ]}
            onChange={(one) => onChange({ ...value, [key]: one === '' ? null : one })}
          />
        );
      })}
      {!isCompany && (
        <>
          <PersonPicker
            label={t`Responsible`}
            placeholder={t`Anybody`}
            value={
              value.responsible === null
                ? null
                : { id: value.responsible, name: responsible ?? value.responsible }
            }
            onChange={(person) => onChange({ ...value, responsible: person?.id ?? null })}
          />
          <CheckboxField
            label={t`Perhaps duplicates only`}
            checked={value.duplicate}
            onChange={(duplicate) => onChange({ ...value, duplicate })}
          />
        </>
      )}
    </>
  );
}

function FilterChips({ words: { titleOf }, segments, value, onChange }: LeadFilterBarProps) {
  const { t } = useLingui();
  const kinds = useKindNames();
  const names = useListNames();
  const responsible = usePersonName(value.responsible);
  const chips = [
    { name: t`Segment`, text: segments.nameOf(value.segment), without: { segment: null } },
    {
      name: t`Kind of status`,
      text: value.kind === null ? null : kinds[value.kind],
      without: { kind: null },
    },
    ...LISTS.map(({ key, list }) => ({
      name: names[key],
      text: titleOf(list, value[key]),
      without: { [key]: null },
    })),
    { name: t`Responsible`, text: responsible, without: { responsible: null } },
    {
      name: t`Perhaps duplicates`,
      text: value.duplicate ? t`only` : null,
      without: { duplicate: false },
    },
  ];
  return chips.map(({ name, text, without }) =>
    text === null ? null : (
      <RemovableChip
        key={name}
        removeLabel={t`Remove filter ${name}`}
        onRemove={() => onChange({ ...value, ...without })}
      >
        {name}: {text}
      </RemovableChip>
    ),
  );
}
