import { defineFrontComponent } from 'twenty-sdk/define';
import { useTranslate } from 'twenty-sdk/front-component';
import { identify } from '../constants/universal-identifiers.ts';
import { EmbeddedPage } from './embed/embedded-page.tsx';

function SlaDesk() {
  const { t } = useTranslate();
  return <EmbeddedPage path="/sla" title={t('SLA desk')} />;
}

export default defineFrontComponent({
  universalIdentifier: identify('frontComponent', 'slaDesk'),
  name: 'sla-desk',
  description: 'Open and breached SLA runs, with the tasks about them',
  component: SlaDesk,
});
