import { defineView, ViewKey, ViewType } from 'twenty-sdk/define';
import { viewConfig } from './view-config.ts';

export default defineView({
  ...viewConfig('masterDeal', 'allMasterDeals', {
    name: 'All master deals',
    icon: 'IconBriefcase',
    type: ViewType.TABLE,
    position: 0,
    columns: [
      'name',
      'pipeline',
      'stage',
      'businessStage',
      'amount',
      'owner',
      'company',
      'pointOfContact',
      'slaState',
      'slaDueAt',
      'outcome',
      'stageStartedAt',
    ],
  }),
  key: ViewKey.INDEX,
});
