import { useLingui } from '@lingui/react/macro';
import { IconFilterOff } from '@tabler/icons-react';
import { Button } from 'twenty-ui/input';
import { EmptyState } from '../../ui/states/empty-state.tsx';

interface NoDealsProps {
  readonly filtered: boolean;
  readonly onClear: () => void;
}

export function NoDeals({ filtered, onClear }: NoDealsProps) {
  const { t } = useLingui();
  if (!filtered)
    return (
      <EmptyState
        title={t`No deals yet`}
        text={t`A deal appears here when a connected system tells of it, or when somebody makes one on the board.`}
      />
    );
  return (
    <EmptyState
      Icon={IconFilterOff}
      title={t`No deal fits`}
      text={t`No deal of this pipeline fits the search and the filters.`}
      action={<Button title={t`Clear all filters`} variant="secondary" onClick={onClear} />}
    />
  );
}
