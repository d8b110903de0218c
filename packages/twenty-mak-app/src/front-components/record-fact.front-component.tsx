import { defineFrontComponent } from 'twenty-sdk/define';
import { useTranslate } from 'twenty-sdk/front-component';
import { identify } from '../constants/universal-identifiers.ts';
import { RecordFactForm } from './facts/record-fact-form.tsx';
import { Empty } from './ui/state.tsx';
import { useSingleRecord } from './ui/use-single-record.ts';

function RecordFact() {
  const { t } = useTranslate();
  const recordId = useSingleRecord();
  if (recordId === null) return <Empty text={t('Choose one deal.')} />;
  return <RecordFactForm key={recordId} recordId={recordId} />;
}

export default defineFrontComponent({
  universalIdentifier: identify('frontComponent', 'recordFact'),
  name: 'record-fact',
  description: 'Says what has happened to a deal; the stage follows from it',
  component: RecordFact,
});
