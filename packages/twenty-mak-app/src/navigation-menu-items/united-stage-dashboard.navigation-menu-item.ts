import { defineNavigationMenuItem } from 'twenty-sdk/define';
import { pageItem } from './item-config.ts';

export default defineNavigationMenuItem(
  pageItem('unitedStageDashboard', {
    name: 'United Stage Dashboard',
    icon: 'IconChartBar',
    position: 1,
  }),
);
