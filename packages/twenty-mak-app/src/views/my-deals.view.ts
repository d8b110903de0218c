import { defineView, ViewSortDirection, ViewType } from 'twenty-sdk/define';
import { isEmpty, isMe, viewConfig } from './view-config.ts';

export default defineView(
  viewConfig('masterDeal', 'myDeals', {
    name: 'My deals',
    icon: 'IconUserCircle',
    type: ViewType.TABLE,
    position: 1,
    columns: ['name', 'stage', 'businessStage', 'amount', 'company', 'slaState', 'slaDueAt'],
    filters: [isMe('owner'), isEmpty('outcome')],
    sort: ['slaDueAt', ViewSortDirection.ASC],
  }),
);
