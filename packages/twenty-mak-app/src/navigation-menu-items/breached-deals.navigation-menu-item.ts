import { defineNavigationMenuItem } from 'twenty-sdk/define';
import { viewItem } from './item-config.ts';

export default defineNavigationMenuItem(
  viewItem('breachedDeals', { name: 'Breached deals', icon: 'IconAlertTriangle', position: 5 }),
);
