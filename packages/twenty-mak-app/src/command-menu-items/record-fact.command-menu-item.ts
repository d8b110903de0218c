import { defineCommandMenuItem } from 'twenty-sdk/define';
import { identify, objectIdentifier } from '../constants/universal-identifiers.ts';

export default defineCommandMenuItem({
  universalIdentifier: identify('command', 'recordFact'),
  label: 'Record a fact',
  shortLabel: 'Record a fact',
  isPinned: true,
  availabilityType: 'RECORD_SELECTION',
  availabilityObjectUniversalIdentifier: objectIdentifier('masterDeal'),
  frontComponentUniversalIdentifier: identify('frontComponent', 'recordFact'),
});
