import { useLingui } from '@lingui/react/macro';
import { Button } from 'twenty-ui/input';
import type { PipelineDefinition } from 'twenty-mak-domain';
import { FilterPopover } from '../../ui/popover/filter-popover.tsx';
import { SearchField } from '../../ui/search/search-field.tsx';
import { DealFilterChips } from './deal-filter-chips.tsx';
import { DealFilterForm } from './deal-filter-form.tsx';
import { countFilters, NO_FILTERS, SHORTEST_TEXT } from './deal-filters.ts';
import type { DealFilters } from './deal-filters.ts';
import styles from './deal-filters.module.css';

interface DealFilterBarProps {
  readonly value: DealFilters;
  readonly onChange: (value: DealFilters) => void;
  /** Null: deals of all pipelines; then there are no stages to choose from. */
  readonly pipeline: PipelineDefinition | null;
}

/** Search, filters and what of them holds now. */
export function DealFilterBar({ value, onChange, pipeline }: DealFilterBarProps) {
  const { t } = useLingui();
  const count = countFilters(value);
  return (
    <div className={styles.bar} role="search" aria-label={t`Deals`}>
      <SearchField
        label={t`Search by name`}
        value={value.text}
        shortest={SHORTEST_TEXT}
        onChange={(text) => onChange({ ...value, text })}
      />
      <FilterPopover count={count}>
        <DealFilterForm value={value} onChange={onChange} pipeline={pipeline} />
      </FilterPopover>
      <DealFilterChips value={value} onChange={onChange} pipeline={pipeline} />
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
