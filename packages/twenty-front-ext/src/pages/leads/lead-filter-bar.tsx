import { useLingui } from '@lingui/react/macro';
import { Button } from 'twenty-ui/input';
import { useIsCompany } from '../../app/shell/is-company.ts';
import { useMay, useTenant } from '../../app/shell/tenant.tsx';
import type { LeadWords } from '../../parts/leads/use-lead-words.ts';
import { SegmentChooser } from '../../parts/segments/segment-chooser.tsx';
import type { Segments } from '../../parts/segments/use-segments.ts';
import { FilterPopover } from '../../ui/popover/filter-popover.tsx';
import { SearchField } from '../../ui/search/search-field.tsx';
import { LeadFilterChips } from './lead-filter-chips.tsx';
import { LeadFilterForm } from './lead-filter-form.tsx';
import { countFilters, NO_FILTERS, segmentQuestions } from './lead-filters.ts';
import type { LeadFilters } from './lead-filters.ts';
import styles from './leads.module.css';

interface LeadFilterBarProps {
  readonly words: LeadWords;
  readonly segments: Segments;
  readonly value: LeadFilters;
  readonly onChange: (value: LeadFilters) => void;
}

/** Search, filters and what of them holds now. Who may not see contacts cannot search by them. */
export function LeadFilterBar({ words, segments, value, onChange }: LeadFilterBarProps) {
  const { t } = useLingui();
  const { timeZone } = useTenant();
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
        <LeadFilterForm words={words} value={value} onChange={onChange} />
      </FilterPopover>
      <SegmentChooser
        segments={segments}
        chosen={value.segment}
        questions={segmentQuestions(value, timeZone)}
        onChoose={(segment) => onChange({ ...NO_FILTERS, text: value.text, segment })}
      />
      <LeadFilterChips words={words} segments={segments} value={value} onChange={onChange} />
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
