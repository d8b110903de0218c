import { FieldType } from 'twenty-sdk/define';
import type { defineObject } from 'twenty-sdk/define';
import type { ObjectName } from '../constants/object-names.ts';
import { fieldIdentifier, identify, objectIdentifier } from '../constants/universal-identifiers.ts';
import { attachedFieldsOf } from '../fields/attached-fields.ts';
import { relationFieldsOf } from '../fields/relation-fields.ts';

type ObjectConfig = Parameters<typeof defineObject>[0];
type FieldConfig = ObjectConfig['fields'][number];
type Color =
  | 'blue'
  | 'gray'
  | 'green'
  | 'orange'
  | 'purple'
  | 'red'
  | 'sky'
  | 'turquoise'
  | 'yellow';

/** How a field looks to people; `editable` is left out where only MaK writes it. */
interface FieldLook {
  readonly name: string;
  readonly label: string;
  readonly icon: string;
  readonly description?: string;
  readonly editable?: true;
}

type PlainType =
  | FieldType.ARRAY
  | FieldType.BOOLEAN
  | FieldType.CURRENCY
  | FieldType.DATE_TIME
  | FieldType.EMAILS
  | FieldType.NUMBER
  | FieldType.PHONES
  | FieldType.TEXT;

/** A field without settings of its own. */
export type PlainField = { [T in PlainType]: FieldLook & { readonly type: T } }[PlainType];

/** One of a fixed list of values: `[value, label, colour]`. */
export interface ChoiceField extends FieldLook {
  readonly type: FieldType.SELECT;
  readonly choices: readonly (readonly [value: string, label: string, color: Color])[];
}

function fieldConfig(object: ObjectName, field: PlainField | ChoiceField): FieldConfig {
  const { editable = false, ...look } = field;
  const common = {
    universalIdentifier: fieldIdentifier(object, field.name),
    isNullable: true as const,
    isUIEditable: editable,
  };
  if (look.type !== FieldType.SELECT) return { ...look, ...common };
  const { choices, ...rest } = look;
  const options = choices.map(([value, label, color], position) => ({
    id: identify('option', object, look.name, value),
    value,
    label,
    color,
    position,
  }));
  return { ...rest, ...common, options };
}

interface ObjectLook {
  readonly plural: string;
  readonly label: string;
  readonly labelPlural: string;
  readonly description: string;
  readonly icon: string;
  /** People may edit records; which fields, each field says. */
  readonly editable: boolean;
  /** Its page has tasks, notes, files and a timeline. */
  readonly attached?: true;
  readonly fields: readonly (PlainField | ChoiceField)[];
}

/**
 * An object of this app with its relations. Every one has a name, by which people know its records, and `makId`, by which
 * the sync finds them. People create none of them: MaK does.
 */
export function objectConfig(object: ObjectName, look: ObjectLook): ObjectConfig {
  const name: PlainField = {
    type: FieldType.TEXT,
    name: 'name',
    label: 'Name',
    icon: 'IconAbc',
    ...(look.editable ? { editable: true } : {}),
  };
  const makId: PlainField = {
    type: FieldType.TEXT,
    name: 'makId',
    label: 'MaK id',
    icon: 'IconFingerprint',
    description: 'Identifies the record in MaK',
  };
  return {
    universalIdentifier: objectIdentifier(object),
    nameSingular: object,
    namePlural: look.plural,
    labelSingular: look.label,
    labelPlural: look.labelPlural,
    description: look.description,
    icon: look.icon,
    isSearchable: true,
    isUICreatable: false,
    isUIEditable: look.editable,
    labelIdentifierFieldMetadataUniversalIdentifier: fieldIdentifier(object, 'name'),
    fields: [
      ...[name, makId, ...look.fields].map((field) => fieldConfig(object, field)),
      ...relationFieldsOf(object),
      ...(look.attached === true ? attachedFieldsOf(object) : []),
    ],
  };
}
