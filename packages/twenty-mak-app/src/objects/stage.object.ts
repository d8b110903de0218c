import { defineObject, FieldType } from 'twenty-sdk/define';
import { objectConfig } from './object-fields.ts';

export default defineObject(
  objectConfig('makStage', {
    plural: 'makStages',
    label: 'Stage',
    labelPlural: 'Stages',
    description: 'A stage of a pipeline, or one of its endings',
    icon: 'IconProgressCheck',
    editable: false,
    fields: [
      {
        type: FieldType.NUMBER,
        name: 'rank',
        label: 'Rank',
        icon: 'IconListNumbers',
        description: 'Order on the board; endings have none',
      },
      {
        type: FieldType.SELECT,
        name: 'kind',
        label: 'Kind',
        icon: 'IconFlag',
        choices: [
          ['OPEN', 'Open', 'blue'],
          ['WON', 'Won', 'green'],
          ['LOST', 'Lost', 'gray'],
        ],
      },
    ],
  }),
);
