import { defineFrontComponent } from 'twenty-sdk/define';
import { useSelectedRecordIds } from 'twenty-sdk/front-component';
import { identify } from '../constants/universal-identifiers.ts';
import { AcknowledgeCommand } from './facts/acknowledge-command.tsx';
import { acknowledgeRuns } from './facts/breaches.ts';
import { runsOfRecords } from './twenty/records.ts';

function AcknowledgeRuns() {
  const records = useSelectedRecordIds();
  const acknowledge = async (): Promise<number> => acknowledgeRuns(await runsOfRecords(records));
  return <AcknowledgeCommand acknowledge={acknowledge} />;
}

export default defineFrontComponent({
  universalIdentifier: identify('frontComponent', 'acknowledgeRuns'),
  name: 'acknowledge-runs',
  description: 'Says that breached SLA runs have been seen',
  component: AcknowledgeRuns,
  isHeadless: true,
});
