import { FieldType } from 'twenty-sdk/define';
import type { ChoiceField, PlainField } from './object-fields.ts';

/** What is known of whoever has a cabinet of their own in MaK. */
export const CABINET_FIELDS: readonly (PlainField | ChoiceField)[] = [
  {
    type: FieldType.SELECT,
    name: 'status',
    label: 'Status',
    icon: 'IconProgress',
    choices: [
      ['APPLIED', 'Applied', 'yellow'],
      ['ACTIVE', 'Active', 'green'],
      ['SUSPENDED', 'Suspended', 'red'],
    ],
  },
  { type: FieldType.TEXT, name: 'grade', label: 'Grade', icon: 'IconMedal' },
  { type: FieldType.TEXT, name: 'city', label: 'City', icon: 'IconMapPin' },
  { type: FieldType.TEXT, name: 'niche', label: 'Niche', icon: 'IconCategory' },
];
