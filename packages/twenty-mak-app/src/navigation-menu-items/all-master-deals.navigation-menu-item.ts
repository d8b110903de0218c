import { defineNavigationMenuItem } from 'twenty-sdk/define';
import { viewItem } from './item-config.ts';

export default defineNavigationMenuItem(
  viewItem('allMasterDeals', { name: 'Master deals', icon: 'IconBriefcase', position: 3 }),
);
