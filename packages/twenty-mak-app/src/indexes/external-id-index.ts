import type { IndexConfig } from 'twenty-sdk/define';
import type { ObjectName } from '../constants/object-names.ts';
import { fieldIdentifier, identify, objectIdentifier } from '../constants/universal-identifiers.ts';

/** One record for each thing of MaK: the database refuses a second one, whatever the sync does. */
export function externalIdIndex(object: ObjectName): IndexConfig {
  return {
    universalIdentifier: identify('index', object, 'makId'),
    objectUniversalIdentifier: objectIdentifier(object),
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
