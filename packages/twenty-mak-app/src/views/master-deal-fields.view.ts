import { defineView, ViewType } from 'twenty-sdk/define';
import { viewConfig } from './view-config.ts';

/** Fields beside the record page of a deal. */
export default defineView(
  viewConfig('masterDeal', 'masterDealFields', {
    name: 'Master deal fields',
    icon: 'IconList',
    type: ViewType.FIELDS_WIDGET,
    position: 0,
    columns: [
      'stage',
      'businessStage',
      'stageStartedAt',
      'amount',
      'owner',
      'company',
      'pointOfContact',
      'opportunity',
      'partner',
      'franchisee',
      'slaState',
      'slaDueAt',
      'gates',
      'missingGates',
      'pipeline',
      'outcome',
      'closedAt',
      'makId',
    ],
  }),
);
