import { useLingui } from '@lingui/react/macro';
import { IconCopy } from '@tabler/icons-react';
import { useNavigate } from 'react-router-dom';
import { Button } from 'twenty-ui/input';
import { usePairCounts } from '../../parts/leads/use-pair-counts.ts';
import { countText } from '../../ui/format/count-text.ts';
import { useFormat } from '../../ui/format/use-format.tsx';

/** To the pairs that wait for a decision, and how many there are. */
export function DuplicatesButton() {
  const { t } = useLingui();
  const { number } = useFormat();
  const navigate = useNavigate();
  const open = usePairCounts({})?.open ?? 0;
  const count = countText(open, number);
  return (
    <Button
      Icon={IconCopy}
      title={open === 0 ? t`Duplicates` : t`Duplicates: ${count}`}
      variant="secondary"
      size="small"
      onClick={() => navigate('/leads/duplicates')}
    />
  );
}
