import { defineObject, FieldType } from 'twenty-sdk/define';
import { objectConfig } from './object-fields.ts';

export default defineObject(
  objectConfig('makSlaRun', {
    plural: 'makSlaRuns',
    label: 'SLA run',
    labelPlural: 'SLA runs',
    description: 'A clock of a deal: opened by one fact, stopped by another, due in between',
    icon: 'IconClockHour4',
    editable: false,
    fields: [
      {
        type: FieldType.SELECT,
        name: 'status',
        label: 'Status',
        icon: 'IconProgress',
        choices: [
          ['RUNNING', 'Running', 'blue'],
          ['MET', 'Met', 'green'],
          ['BREACHED', 'Breached', 'red'],
          ['CANCELLED', 'Cancelled', 'gray'],
        ],
      },
      { type: FieldType.DATE_TIME, name: 'openedAt', label: 'Opened', icon: 'IconCalendarTime' },
      { type: FieldType.DATE_TIME, name: 'dueAt', label: 'Due', icon: 'IconCalendarDue' },
      { type: FieldType.DATE_TIME, name: 'closedAt', label: 'Closed', icon: 'IconCalendarCheck' },
      {
        type: FieldType.TEXT,
        name: 'accountable',
        label: 'Accountable',
        icon: 'IconBuildingCommunity',
        description: 'Domain whose work is timed',
      },
      {
        type: FieldType.DATE_TIME,
        name: 'acknowledgedAt',
        label: 'Acknowledged',
        icon: 'IconEyeCheck',
        description: 'When somebody said that the breach has been seen',
      },
    ],
  }),
);
