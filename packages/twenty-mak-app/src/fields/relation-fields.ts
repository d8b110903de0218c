import { FieldType, OnDeleteAction, RelationType } from 'twenty-sdk/define';
import type { defineField } from 'twenty-sdk/define';
import type { ObjectName, StandardObjectName } from '../constants/object-names.ts';
import { RELATIONS } from '../constants/relations.ts';
import type { Relation } from '../constants/relations.ts';
import { targetIdentifier } from '../constants/target-identifier.ts';
import { fieldIdentifier } from '../constants/universal-identifiers.ts';

type FieldConfig = Parameters<typeof defineField>[0];

function oneEnd({ from, to, one, many, editable }: Relation) {
  return {
    universalIdentifier: fieldIdentifier(from, one.name),
    type: FieldType.RELATION as const,
    ...one,
    isNullable: true as const,
    isUIEditable: editable,
    relationTargetObjectMetadataUniversalIdentifier: targetIdentifier(to),
    relationTargetFieldMetadataUniversalIdentifier: fieldIdentifier(to, many.name),
    universalSettings: {
      relationType: RelationType.MANY_TO_ONE as const,
      onDelete: OnDeleteAction.SET_NULL,
      joinColumnName: `${one.name}Id`,
    },
  };
}

/** Not editable either where the other end is not: adding a deal to a stage would set its stage. */
function manyEnd({ from, to, one, many, editable }: Relation) {
  return {
    universalIdentifier: fieldIdentifier(to, many.name),
    type: FieldType.RELATION as const,
    ...many,
    isNullable: true as const,
    isUIEditable: editable,
    relationTargetObjectMetadataUniversalIdentifier: targetIdentifier(from),
    relationTargetFieldMetadataUniversalIdentifier: fieldIdentifier(from, one.name),
    universalSettings: { relationType: RelationType.ONE_TO_MANY as const },
  };
}

/** Both kinds of ends that an object of this app has. */
export function relationFieldsOf(object: ObjectName) {
  return [
    ...RELATIONS.filter(({ from }) => from === object).map(oneEnd),
    ...RELATIONS.filter(({ to }) => to === object).map(manyEnd),
  ];
}

/** The end of a relation that lies on an object of twenty. */
export function fieldOnStandardObject(
  object: StandardObjectName,
  name: string,
  from: ObjectName,
): FieldConfig {
  const relation = RELATIONS.find(
    (one) => one.to === object && one.many.name === name && one.from === from,
  );
  if (relation === undefined) throw new Error(`No relation ends at ${object}.${name}.`);
  return { ...manyEnd(relation), objectUniversalIdentifier: targetIdentifier(object) };
}
