import { defineFrontComponent } from 'twenty-sdk/define';
import { useTranslate } from 'twenty-sdk/front-component';
import { identify } from '../constants/universal-identifiers.ts';
import { Progress } from './progress/progress.tsx';
import { Empty } from './ui/state.tsx';
import { useSingleRecord } from './ui/use-single-record.ts';

function MasterDealProgress() {
  const { t } = useTranslate();
  const recordId = useSingleRecord();
  if (recordId === null) return <Empty text={t('Choose one deal.')} />;
  return <Progress key={recordId} recordId={recordId} />;
}

export default defineFrontComponent({
  universalIdentifier: identify('frontComponent', 'masterDealProgress'),
  name: 'master-deal-progress',
  description: 'Stage path, gates, SLA clocks and latest events of a deal, live',
  component: MasterDealProgress,
});
