import { defineView, ViewKey, ViewType } from 'twenty-sdk/define';
import { viewConfig } from './view-config.ts';

export default defineView({
  ...viewConfig('makLeadAuction', 'allLeadAuctions', {
    name: 'All lead auctions',
    icon: 'IconGavel',
    type: ViewType.TABLE,
    position: 0,
    columns: ['name', 'lead', 'kind', 'status', 'startPrice', 'currentPrice', 'endsAt', 'winner'],
  }),
  key: ViewKey.INDEX,
});
