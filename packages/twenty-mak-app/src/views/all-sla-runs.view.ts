import { defineView, ViewKey, ViewType } from 'twenty-sdk/define';
import { viewConfig } from './view-config.ts';

export default defineView({
  ...viewConfig('makSlaRun', 'allSlaRuns', {
    name: 'All SLA runs',
    icon: 'IconClockHour4',
    type: ViewType.TABLE,
    position: 0,
    columns: [
      'name',
      'masterDeal',
      'status',
      'openedAt',
      'dueAt',
      'closedAt',
      'accountable',
      'responsible',
      'acknowledgedAt',
    ],
  }),
  key: ViewKey.INDEX,
});
