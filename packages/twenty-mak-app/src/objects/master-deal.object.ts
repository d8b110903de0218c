import { defineObject, FieldType } from 'twenty-sdk/define';
import { objectConfig } from './object-fields.ts';

export default defineObject(
  objectConfig('masterDeal', {
    plural: 'masterDeals',
    label: 'Master deal',
    labelPlural: 'Master deals',
    description:
      'One deal across all systems. Its stage follows from facts; nobody sets it by hand.',
    icon: 'IconBriefcase',
    editable: true,
    attached: true,
    fields: [
      {
        type: FieldType.CURRENCY,
        name: 'amount',
        label: 'Amount',
        icon: 'IconCurrencyDollar',
        editable: true,
      },
      {
        type: FieldType.TEXT,
        name: 'businessStage',
        label: 'Business stage',
        icon: 'IconTimelineEvent',
        description: 'What sales people call the stage',
      },
      {
        type: FieldType.DATE_TIME,
        name: 'stageStartedAt',
        label: 'In stage since',
        icon: 'IconCalendarTime',
      },
      {
        type: FieldType.ARRAY,
        name: 'gates',
        label: 'Gates',
        icon: 'IconChecklist',
        description: 'Facts that hold',
      },
      {
        type: FieldType.ARRAY,
        name: 'missingGates',
        label: 'Missing gates',
        icon: 'IconAlertTriangle',
        description: 'Facts that do not hold although a later one does',
      },
      {
        type: FieldType.SELECT,
        name: 'slaState',
        label: 'SLA',
        icon: 'IconClockHour4',
        description: 'State of the nearest open SLA run',
        choices: [
          ['ON_TIME', 'On time', 'green'],
          ['BREACHED', 'Breached', 'red'],
        ],
      },
      { type: FieldType.DATE_TIME, name: 'slaDueAt', label: 'SLA due', icon: 'IconCalendarDue' },
      {
        type: FieldType.SELECT,
        name: 'outcome',
        label: 'Outcome',
        icon: 'IconFlag',
        description: 'Empty while the deal is open',
        choices: [
          ['WON', 'Won', 'green'],
          ['LOST', 'Lost', 'gray'],
        ],
      },
      { type: FieldType.DATE_TIME, name: 'closedAt', label: 'Closed', icon: 'IconCalendarCheck' },
      {
        type: FieldType.NUMBER,
        name: 'makVersion',
        label: 'MaK version',
        icon: 'IconVersions',
        description: 'Version of the deal in MaK that this record shows',
      },
    ],
  }),
);
