import { defineNavigationMenuItem } from 'twenty-sdk/define';
import { viewItem } from './item-config.ts';

export default defineNavigationMenuItem(
  viewItem('leadsByStatus', { name: 'Leads', icon: 'IconMagnet', position: 7 }),
);
