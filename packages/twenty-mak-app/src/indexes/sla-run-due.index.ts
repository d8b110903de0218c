import { defineIndex } from 'twenty-sdk/define';
import { fieldIdentifier, identify, objectIdentifier } from '../constants/universal-identifiers.ts';

/** Calendar and list of due dates read runs of one status by their due time. */
export default defineIndex({
  universalIdentifier: identify('index', 'makSlaRun', 'due'),
  objectUniversalIdentifier: objectIdentifier('makSlaRun'),
  indexType: 'BTREE',
  isUnique: false,
  fields: ['status', 'dueAt'].map((field) => ({
    universalIdentifier: identify('indexField', 'makSlaRun', 'due', field),
    fieldUniversalIdentifier: fieldIdentifier('makSlaRun', field),
  })),
});
