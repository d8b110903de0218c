import { defineView, ViewKey, ViewType } from 'twenty-sdk/define';
import { viewConfig } from './view-config.ts';

export default defineView({
  ...viewConfig('makStage', 'allStages', {
    name: 'All stages',
    icon: 'IconProgressCheck',
    type: ViewType.TABLE,
    position: 0,
    columns: ['name', 'pipeline', 'rank', 'kind'],
  }),
  key: ViewKey.INDEX,
});
