import {
  FieldType,
  OnDeleteAction,
  RelationType,
  STANDARD_OBJECT_UNIVERSAL_IDENTIFIERS,
} from 'twenty-sdk/define';
import type { defineField } from 'twenty-sdk/define';
import type { ObjectName } from '../constants/object-names.ts';
import { fieldIdentifier, objectIdentifier } from '../constants/universal-identifiers.ts';

type FieldConfig = Parameters<typeof defineField>[0];

/**
 * What twenty keeps beside a record, with the identifier of the field there that points to records of any object. For objects
 * of apps twenty makes these relations not by itself, and its tabs fail without them.
 */
const ATTACHED = {
  taskTarget: {
    name: 'taskTargets',
    label: 'Tasks',
    icon: 'IconCheckbox',
    morphId: '20202020-f636-435d-ab8d-e1168b375c71',
  },
  noteTarget: {
    name: 'noteTargets',
    label: 'Notes',
    icon: 'IconNotes',
    morphId: '20202020-f635-435d-ab8d-e1168b375c70',
  },
  attachment: {
    name: 'attachments',
    label: 'Files',
    icon: 'IconPaperclip',
    morphId: '20202020-f634-435d-ab8d-e1168b375c69',
  },
  timelineActivity: {
    name: 'timelineActivities',
    label: 'Timeline',
    icon: 'IconTimelineEvent',
    morphId: '20202020-9a2b-4c3d-a4e5-f6a7b8c9d0e1',
  },
} as const;
type Attached = keyof typeof ATTACHED;

const pointerName = (object: ObjectName): string =>
  `target${object.charAt(0).toUpperCase()}${object.slice(1)}`;

function recordEnd(object: ObjectName, attached: Attached) {
  const { name, label, icon } = ATTACHED[attached];
  return {
    universalIdentifier: fieldIdentifier(object, name),
    type: FieldType.RELATION as const,
    name,
    label,
    icon,
    isNullable: true as const,
    isUIEditable: true,
    relationTargetObjectMetadataUniversalIdentifier:
      STANDARD_OBJECT_UNIVERSAL_IDENTIFIERS[attached].universalIdentifier,
    relationTargetFieldMetadataUniversalIdentifier: fieldIdentifier(attached, pointerName(object)),
    universalSettings: { relationType: RelationType.ONE_TO_MANY as const },
  };
}

/** Tasks, notes, files and the timeline of records of this object. */
export function attachedFieldsOf(object: ObjectName) {
  return [
    recordEnd(object, 'taskTarget'),
    recordEnd(object, 'noteTarget'),
    recordEnd(object, 'attachment'),
    recordEnd(object, 'timelineActivity'),
  ];
}

/** The other end: how a task, note, file or line of the timeline points to a record of this object. */
export function pointerTo(
  object: ObjectName,
  label: string,
  icon: string,
  attached: Attached,
): FieldConfig {
  const name = pointerName(object);
  const { name: there, morphId } = ATTACHED[attached];
  return {
    universalIdentifier: fieldIdentifier(attached, name),
    objectUniversalIdentifier: STANDARD_OBJECT_UNIVERSAL_IDENTIFIERS[attached].universalIdentifier,
    type: FieldType.MORPH_RELATION,
    name,
    label,
    icon,
    isNullable: true,
    morphId,
    relationTargetObjectMetadataUniversalIdentifier: objectIdentifier(object),
    relationTargetFieldMetadataUniversalIdentifier: fieldIdentifier(object, there),
    universalSettings: {
      relationType: RelationType.MANY_TO_ONE,
      onDelete: OnDeleteAction.SET_NULL,
      joinColumnName: `${name}Id`,
    },
  };
}
