import { defineNavigationMenuItem } from 'twenty-sdk/define';
import { viewItem } from './item-config.ts';

export default defineNavigationMenuItem(
  viewItem('allLeadAuctions', { name: 'Lead auctions', icon: 'IconGavel', position: 8 }),
);
