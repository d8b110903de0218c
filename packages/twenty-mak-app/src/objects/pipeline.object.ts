import { defineObject, FieldType } from 'twenty-sdk/define';
import { objectConfig } from './object-fields.ts';

export default defineObject(
  objectConfig('makPipeline', {
    plural: 'makPipelines',
    label: 'Pipeline',
    labelPlural: 'Pipelines',
    description: 'Rules by which stages and SLA follow from facts; edited in MaK',
    icon: 'IconFilter',
    editable: false,
    fields: [
      { type: FieldType.NUMBER, name: 'makVersion', label: 'Version', icon: 'IconVersions' },
      { type: FieldType.BOOLEAN, name: 'isDefault', label: 'Default', icon: 'IconStar' },
      { type: FieldType.BOOLEAN, name: 'isArchived', label: 'Archived', icon: 'IconArchive' },
    ],
  }),
);
