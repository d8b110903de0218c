import { defineFrontComponent } from 'twenty-sdk/define';
import { useSelectedRecordIds } from 'twenty-sdk/front-component';
import { identify } from '../constants/universal-identifiers.ts';
import { AcknowledgeCommand } from './facts/acknowledge-command.tsx';
import { acknowledgeDeal } from './facts/breaches.ts';
import { dealOfRecord } from './twenty/records.ts';

function AcknowledgeDeal() {
  const records = useSelectedRecordIds();
  const acknowledge = async (): Promise<number> => {
    let number = 0;
    for (const record of records)
      number += await acknowledgeDeal((await dealOfRecord(record)).makId);
    return number;
  };
  return <AcknowledgeCommand acknowledge={acknowledge} />;
}

export default defineFrontComponent({
  universalIdentifier: identify('frontComponent', 'acknowledgeDeal'),
  name: 'acknowledge-deal',
  description: 'Says that the breaches of a deal have been seen',
  component: AcknowledgeDeal,
  isHeadless: true,
});
