import { useLingui } from '@lingui/react/macro';
import type { Option } from '../../ui/form/select-field.tsx';
import type { DealFilters } from './deal-filters.ts';

interface FilterTexts {
  readonly sla: readonly Option<NonNullable<DealFilters['sla']>>[];
  readonly outcome: readonly Option<NonNullable<DealFilters['outcome']>>[];
  readonly run: readonly Option<NonNullable<DealFilters['runStatus']>>[];
}

/** Words for the values of filters. */
export function useFilterTexts(): FilterTexts {
  const { t } = useLingui();
  return {
    sla: [
      { value: 'overdue', label: t`Overdue` },
      { value: 'open', label: t`A clock is running` },
      { value: 'none', label: t`No clock is running` },
    ],
    outcome: [
      { value: 'open', label: t`Open` },
      { value: 'won', label: t`Won` },
      { value: 'lost', label: t`Lost` },
    ],
    run: [
      { value: 'running', label: t`Running` },
      { value: 'met', label: t`In time` },
      { value: 'breached', label: t`Breached` },
      { value: 'cancelled', label: t`Cancelled` },
    ],
  };
}
