import { defineView, ViewKey, ViewType } from 'twenty-sdk/define';
import { viewConfig } from './view-config.ts';

export default defineView({
  ...viewConfig('makLead', 'allLeads', {
    name: 'All leads',
    icon: 'IconMagnet',
    type: ViewType.TABLE,
    position: 0,
    columns: [
      'name',
      'status',
      'statusName',
      'source',
      'city',
      'niche',
      'amount',
      'owner',
      'partner',
      'franchisee',
      'masterDeal',
    ],
  }),
  key: ViewKey.INDEX,
});
