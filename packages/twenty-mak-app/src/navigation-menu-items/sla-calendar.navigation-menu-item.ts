import { defineNavigationMenuItem } from 'twenty-sdk/define';
import { viewItem } from './item-config.ts';

export default defineNavigationMenuItem(
  viewItem('slaCalendar', { name: 'SLA calendar', icon: 'IconCalendarDue', position: 6 }),
);
