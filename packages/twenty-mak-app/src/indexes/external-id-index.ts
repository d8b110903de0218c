import type { IndexConfig } from 'twenty-sdk/define';
import type { LinkedObjectName, ObjectName } from '../constants/object-names.ts';
import { targetIdentifier } from '../constants/target-identifier.ts';
import { fieldIdentifier, identify } from '../constants/universal-identifiers.ts';

/** One record for each thing of MaK: the database refuses a second one, whatever the sync does. */
export function externalIdIndex(object: ObjectName | LinkedObjectName): IndexConfig {
  return {
    universalIdentifier: identify('index', object, 'makId'),
    objectUniversalIdentifier: targetIdentifier(object),
    indexType: 'BTREE',
    isUnique: true,
    fields: [
      {
        universalIdentifier: identify('indexField', object, 'makId'),
        fieldUniversalIdentifier: fieldIdentifier(object, 'makId'),
      },
    ],
  };
}
