import { defineNavigationMenuItem } from 'twenty-sdk/define';
import { pageItem } from './item-config.ts';

export default defineNavigationMenuItem(
  pageItem('slaDesk', { name: 'SLA desk', icon: 'IconClockHour4', position: 2 }),
);
