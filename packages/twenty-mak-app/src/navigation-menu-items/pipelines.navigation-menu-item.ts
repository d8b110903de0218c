import { defineNavigationMenuItem } from 'twenty-sdk/define';
import { viewItem } from './item-config.ts';

export default defineNavigationMenuItem(
  viewItem('allPipelines', { name: 'Pipelines', icon: 'IconFilter', position: 11 }),
);
