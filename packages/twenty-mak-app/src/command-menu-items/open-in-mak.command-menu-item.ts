import { defineCommandMenuItem } from 'twenty-sdk/define';
import { identify, objectIdentifier } from '../constants/universal-identifiers.ts';

export default defineCommandMenuItem({
  universalIdentifier: identify('command', 'openInMak'),
  label: 'Open the deal in MaK',
  shortLabel: 'Open in MaK',
  isPinned: true,
  availabilityType: 'RECORD_SELECTION',
  availabilityObjectUniversalIdentifier: objectIdentifier('masterDeal'),
  frontComponentUniversalIdentifier: identify('frontComponent', 'openInMak'),
});
