import { defineNavigationMenuItem } from 'twenty-sdk/define';
import { pageItem } from './item-config.ts';

export default defineNavigationMenuItem(
  pageItem('pipelineBoard', { name: 'Pipeline board', icon: 'IconLayoutKanban', position: 0 }),
);
