import { FieldType } from 'twenty-sdk/define';
import type { defineField } from 'twenty-sdk/define';
import type { LinkedObjectName } from '../constants/object-names.ts';
import { targetIdentifier } from '../constants/target-identifier.ts';
import { fieldIdentifier } from '../constants/universal-identifiers.ts';

/** What MaK calls a record of twenty's own that is one of MaK's too. */
export function makIdField(object: LinkedObjectName): Parameters<typeof defineField>[0] {
  return {
    universalIdentifier: fieldIdentifier(object, 'makId'),
    objectUniversalIdentifier: targetIdentifier(object),
    type: FieldType.TEXT,
    name: 'makId',
    label: 'MaK id',
    icon: 'IconFingerprint',
    description: 'Identifies the record in MaK',
    isNullable: true,
    isUIEditable: false,
  };
}
