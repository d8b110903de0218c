import { defineNavigationMenuItem } from 'twenty-sdk/define';
import { viewItem } from './item-config.ts';

export default defineNavigationMenuItem(
  viewItem('allPartners', { name: 'Partners', icon: 'IconAffiliate', position: 9 }),
);
