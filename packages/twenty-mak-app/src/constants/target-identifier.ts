import { STANDARD_OBJECT_UNIVERSAL_IDENTIFIERS } from 'twenty-sdk/define';
import { isObjectName } from './object-names.ts';
import type { LinkedObjectName, ObjectName, StandardObjectName } from './object-names.ts';
import { objectIdentifier } from './universal-identifiers.ts';

/** Universal identifier of an object of this app or of twenty. */
export function targetIdentifier(
  object: ObjectName | StandardObjectName | LinkedObjectName,
): string {
  return isObjectName(object)
    ? objectIdentifier(object)
    : STANDARD_OBJECT_UNIVERSAL_IDENTIFIERS[object].universalIdentifier;
}
