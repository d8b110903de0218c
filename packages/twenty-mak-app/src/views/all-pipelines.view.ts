import { defineView, ViewKey, ViewType } from 'twenty-sdk/define';
import { viewConfig } from './view-config.ts';

export default defineView({
  ...viewConfig('makPipeline', 'allPipelines', {
    name: 'All pipelines',
    icon: 'IconFilter',
    type: ViewType.TABLE,
    position: 0,
    columns: ['name', 'makId', 'makVersion', 'isDefault', 'isArchived', 'stages'],
  }),
  key: ViewKey.INDEX,
});
