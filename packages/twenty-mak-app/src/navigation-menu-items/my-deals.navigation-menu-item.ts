import { defineNavigationMenuItem } from 'twenty-sdk/define';
import { viewItem } from './item-config.ts';

export default defineNavigationMenuItem(
  viewItem('myDeals', { name: 'My deals', icon: 'IconUserCircle', position: 4 }),
);
