import { RelationType } from 'twenty-sdk/define';
import type { defineRole } from 'twenty-sdk/define';
import { LINKED_OBJECT_NAMES, OBJECT_NAMES } from '../constants/object-names.ts';
import { targetIdentifier } from '../constants/target-identifier.ts';
import { fieldIdentifier, identify, objectIdentifier } from '../constants/universal-identifiers.ts';
import { OBJECTS } from '../objects/index.ts';

type RoleConfig = Parameters<typeof defineRole>[0];

/**
 * What a role may do with the objects of this app. Records come and go with what they stand for in MaK, so nobody deletes
 * them here; objects that hold results only are read.
 */
export function objectPermissions(role: string): RoleConfig['objectPermissions'] {
  return OBJECT_NAMES.map((object) => ({
    universalIdentifier: identify('objectPermission', role, object),
    objectUniversalIdentifier: objectIdentifier(object),
    canReadObjectRecords: true,
    canUpdateObjectRecords: OBJECTS[object].config.isUIEditable === true,
    canSoftDeleteObjectRecords: false,
    canDestroyObjectRecords: false,
  }));
}

/**
 * Fields that follow from facts, stage and gates first of all, refuse people also over the API. Only fields of this app are
 * locked: twenty writes `updatedBy` and `position` with every edit, and a lock on these would refuse all of them.
 */
export function fieldPermissions(role: string): RoleConfig['fieldPermissions'] {
  const own = OBJECT_NAMES.filter((object) => OBJECTS[object].config.isUIEditable === true).flatMap(
    (object) =>
      OBJECTS[object].config.fields
        .filter(({ isUIEditable }) => isUIEditable === false)
        .filter(
          ({ universalSettings: settings }) =>
            !(
              settings != null &&
              'relationType' in settings &&
              settings.relationType === RelationType.ONE_TO_MANY
            ),
        )
        .map(({ name, universalIdentifier }) => ({
          universalIdentifier: identify('fieldPermission', role, object, name),
          objectUniversalIdentifier: objectIdentifier(object),
          fieldUniversalIdentifier: universalIdentifier,
          canReadFieldValue: true,
          canUpdateFieldValue: false,
        })),
  );
  const linked = LINKED_OBJECT_NAMES.map((object) => ({
    universalIdentifier: identify('fieldPermission', role, object, 'makId'),
    objectUniversalIdentifier: targetIdentifier(object),
    fieldUniversalIdentifier: fieldIdentifier(object, 'makId'),
    canReadFieldValue: true,
    canUpdateFieldValue: false,
  }));
  return [...own, ...linked];
}
