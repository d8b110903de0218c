import { defineFrontComponent } from 'twenty-sdk/define';
import { identify } from '../constants/universal-identifiers.ts';
import { DealList } from './deals/deal-list.tsx';

function CompanyDeals() {
  return <DealList relation="companyId" />;
}

export default defineFrontComponent({
  universalIdentifier: identify('frontComponent', 'companyDeals'),
  name: 'company-deals',
  description: 'Master deals of a company',
  component: CompanyDeals,
});
