import { defineCommandMenuItem } from 'twenty-sdk/define';
import { identify, objectIdentifier } from '../constants/universal-identifiers.ts';

export default defineCommandMenuItem({
  universalIdentifier: identify('command', 'acknowledgeRuns'),
  label: 'Acknowledge the breach',
  shortLabel: 'Acknowledge',
  isPinned: true,
  availabilityType: 'RECORD_SELECTION',
  availabilityObjectUniversalIdentifier: objectIdentifier('makSlaRun'),
  frontComponentUniversalIdentifier: identify('frontComponent', 'acknowledgeRuns'),
});
