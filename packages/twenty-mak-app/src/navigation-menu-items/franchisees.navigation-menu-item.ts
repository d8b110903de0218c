import { defineNavigationMenuItem } from 'twenty-sdk/define';
import { viewItem } from './item-config.ts';

export default defineNavigationMenuItem(
  viewItem('allFranchisees', { name: 'Franchisees', icon: 'IconBuildingStore', position: 10 }),
);
