import { useQuery } from '@apollo/client/react';
import { useLingui } from '@lingui/react/macro';
import { Button } from 'twenty-ui/input';
import { LeadNameDocument } from '../../generated/graphql.ts';
import { useLeadName } from '../../parts/leads/contact-name.ts';
import type { LeadWords } from '../../parts/leads/use-lead-words.ts';
import { usePersonName } from '../../parts/people/person-name.tsx';
import { PersonPicker } from '../../parts/people/person-picker.tsx';
import { FilterChips } from '../../ui/chip/filter-chips.tsx';
import { SelectField } from '../../ui/form/select-field.tsx';
import { FilterPopover } from '../../ui/popover/filter-popover.tsx';
import { countFilters, NO_FILTERS, WAYS } from './pair-filters.ts';
import type { PairFilters } from './pair-filters.ts';
import { useWayNames } from './use-pair-texts.ts';
import styles from './lead-duplicates.module.css';

interface PairToolbarProps {
  readonly words: LeadWords;
  readonly value: PairFilters;
  readonly onChange: (value: PairFilters) => void;
}

/** What pairs are narrowed by. */
export function PairToolbar({ words, value, onChange }: PairToolbarProps) {
  const { t } = useLingui();
  const count = countFilters(value);
  return (
    <div className={styles.bar} role="search" aria-label={t`Duplicates`}>
      <FilterPopover count={count}>
        <FilterForm words={words} value={value} onChange={onChange} />
      </FilterPopover>
      <PairFilterChips words={words} value={value} onChange={onChange} />
      {count > 0 && (
        <Button
          title={t`Clear all`}
          variant="tertiary"
          size="small"
          onClick={() => onChange(NO_FILTERS)}
        />
      )}
      <p className={styles.keys}>
        {t`On a pair: M merges, D keeps the two apart, L puts it off, the arrows go to the next one.`}
      </p>
    </div>
  );
}

function FilterForm({ words: { rules }, value, onChange }: PairToolbarProps) {
  const { t } = useLingui();
  const ways = useWayNames();
  const responsible = usePersonName(value.responsible);
  const given = (one: string): string | null => (one === '' ? null : one);
  return (
    <>
      <SelectField
        label={t`In common`}
        value={value.by ?? ''}
        options={[
          { value: '', label: t`Anything` },
          ...WAYS.map((way) => ({ value: way, label: ways[way] ?? way })),
        ]}
        onChange={(by) => onChange({ ...value, by: given(by) })}
      />
      <SelectField
        label={t`Source of one of them`}
        value={value.source ?? ''}
        options={[
          { value: '', label: t`Any` },
          ...(rules?.sources ?? []).map(({ key, title }) => ({ value: key, label: title })),
        ]}
        onChange={(source) => onChange({ ...value, source: given(source) })}
      />
      <PersonPicker
        label={t`Responsible for one of them`}
        placeholder={t`Anybody`}
        value={
          value.responsible === null
            ? null
            : { id: value.responsible, name: responsible ?? value.responsible }
        }
        onChange={(person) => onChange({ ...value, responsible: person?.id ?? null })}
      />
    </>
  );
}

function PairFilterChips({ words: { titleOf }, value, onChange }: PairToolbarProps) {
  const { t } = useLingui();
  const ways = useWayNames();
  const responsible = usePersonName(value.responsible);
  const lead = useNameOfLead(value.lead);
  const chips = [
    { name: t`Lead`, text: lead, without: { lead: null } },
    {
      name: t`In common`,
      text: value.by === null ? null : (ways[value.by] ?? null),
      without: { by: null },
    },
    { name: t`Source`, text: titleOf('sources', value.source), without: { source: null } },
    { name: t`Responsible`, text: responsible, without: { responsible: null } },
  ];
  return <FilterChips chips={chips} value={value} onChange={onChange} />;
}

function useNameOfLead(id: string | null): string | null {
  const nameOf = useLeadName();
  const { data } = useQuery(LeadNameDocument, { variables: { id: id ?? '' }, skip: id === null });
  if (id === null) return null;
  return data === undefined ? '…' : nameOf(data.lead);
}
