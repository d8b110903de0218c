import { defineView, ViewCalendarLayout, ViewType } from 'twenty-sdk/define';
import { fieldIdentifier } from '../constants/universal-identifiers.ts';
import { isOneOf, viewConfig } from './view-config.ts';

export default defineView({
  ...viewConfig('makSlaRun', 'slaCalendar', {
    name: 'SLA calendar',
    icon: 'IconCalendarDue',
    type: ViewType.CALENDAR,
    position: 1,
    columns: ['name', 'masterDeal', 'status', 'responsible'],
    filters: [isOneOf('status', 'RUNNING', 'BREACHED')],
  }),
  calendarLayout: ViewCalendarLayout.MONTH,
  calendarFieldMetadataUniversalIdentifier: fieldIdentifier('makSlaRun', 'dueAt'),
});
