import { defineView, ViewSortDirection, ViewType } from 'twenty-sdk/define';
import { isEmpty, isOneOf, viewConfig } from './view-config.ts';

export default defineView(
  viewConfig('makSlaRun', 'unacknowledgedBreaches', {
    name: 'Breaches to acknowledge',
    icon: 'IconEyeExclamation',
    type: ViewType.TABLE,
    position: 2,
    columns: ['name', 'masterDeal', 'dueAt', 'accountable', 'responsible'],
    filters: [isOneOf('status', 'BREACHED'), isEmpty('acknowledgedAt')],
    sort: ['dueAt', ViewSortDirection.ASC],
  }),
);
