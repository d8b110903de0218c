import { defineFrontComponent } from 'twenty-sdk/define';
import { identify } from '../constants/universal-identifiers.ts';
import { DealList } from './deals/deal-list.tsx';

function PersonDeals() {
  return <DealList relation="pointOfContactId" />;
}

export default defineFrontComponent({
  universalIdentifier: identify('frontComponent', 'personDeals'),
  name: 'person-deals',
  description: 'Master deals of a person',
  component: PersonDeals,
});
