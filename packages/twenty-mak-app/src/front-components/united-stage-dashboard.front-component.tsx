import { defineFrontComponent } from 'twenty-sdk/define';
import { useTranslate } from 'twenty-sdk/front-component';
import { identify } from '../constants/universal-identifiers.ts';
import { EmbeddedPage } from './embed/embedded-page.tsx';

function UnitedStageDashboard() {
  const { t } = useTranslate();
  return <EmbeddedPage path="/dashboard" title={t('United Stage Dashboard')} />;
}

export default defineFrontComponent({
  universalIdentifier: identify('frontComponent', 'unitedStageDashboard'),
  name: 'united-stage-dashboard',
  description: 'Deals by stage, conversion, times and breaches',
  component: UnitedStageDashboard,
});
