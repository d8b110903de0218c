import { defineView, ViewSortDirection, ViewType } from 'twenty-sdk/define';
import { isOneOf, viewConfig } from './view-config.ts';

export default defineView(
  viewConfig('masterDeal', 'breachedDeals', {
    name: 'Breached deals',
    icon: 'IconAlertTriangle',
    type: ViewType.TABLE,
    position: 2,
    columns: ['name', 'stage', 'slaDueAt', 'owner', 'company', 'amount', 'missingGates'],
    filters: [isOneOf('slaState', 'BREACHED')],
    sort: ['slaDueAt', ViewSortDirection.ASC],
  }),
);
