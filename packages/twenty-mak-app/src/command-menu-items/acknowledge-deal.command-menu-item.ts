import { defineCommandMenuItem } from 'twenty-sdk/define';
import { identify, objectIdentifier } from '../constants/universal-identifiers.ts';

export default defineCommandMenuItem({
  universalIdentifier: identify('command', 'acknowledgeDeal'),
  label: 'Acknowledge the breaches of the deal',
  shortLabel: 'Acknowledge',
  isPinned: false,
  availabilityType: 'RECORD_SELECTION',
  availabilityObjectUniversalIdentifier: objectIdentifier('masterDeal'),
  frontComponentUniversalIdentifier: identify('frontComponent', 'acknowledgeDeal'),
});
