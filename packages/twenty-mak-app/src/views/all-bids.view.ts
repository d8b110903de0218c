import { defineView, ViewKey, ViewType } from 'twenty-sdk/define';
import { viewConfig } from './view-config.ts';

export default defineView({
  ...viewConfig('makBid', 'allBids', {
    name: 'All bids',
    icon: 'IconCoins',
    type: ViewType.TABLE,
    position: 0,
    columns: ['name', 'auction', 'franchisee', 'amount', 'sequence', 'placedAt', 'status'],
  }),
  key: ViewKey.INDEX,
});
