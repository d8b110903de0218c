import { defineView, ViewKey, ViewType } from 'twenty-sdk/define';
import { viewConfig } from './view-config.ts';

export default defineView({
  ...viewConfig('makPartner', 'allPartners', {
    name: 'All partners',
    icon: 'IconAffiliate',
    type: ViewType.TABLE,
    position: 0,
    columns: ['name', 'status', 'grade', 'city', 'niche'],
  }),
  key: ViewKey.INDEX,
});
