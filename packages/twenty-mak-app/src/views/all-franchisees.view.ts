import { defineView, ViewKey, ViewType } from 'twenty-sdk/define';
import { viewConfig } from './view-config.ts';

export default defineView({
  ...viewConfig('makFranchisee', 'allFranchisees', {
    name: 'All franchisees',
    icon: 'IconBuildingStore',
    type: ViewType.TABLE,
    position: 0,
    columns: ['name', 'status', 'grade', 'city', 'niche'],
  }),
  key: ViewKey.INDEX,
});
