import { defineView, ViewKey, ViewType } from 'twenty-sdk/define';
import { viewConfig } from './view-config.ts';

export default defineView({
  ...viewConfig('makConnection', 'allConnections', {
    name: 'All MaK connections',
    icon: 'IconPlugConnected',
    type: ViewType.TABLE,
    position: 0,
    columns: ['name', 'makUrl', 'tenantKey'],
  }),
  key: ViewKey.INDEX,
});
