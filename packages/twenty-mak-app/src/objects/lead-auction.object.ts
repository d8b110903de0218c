import { defineObject, FieldType } from 'twenty-sdk/define';
import { objectConfig } from './object-fields.ts';

export default defineObject(
  objectConfig('makLeadAuction', {
    plural: 'makLeadAuctions',
    label: 'Lead auction',
    labelPlural: 'Lead auctions',
    description: 'A lead that franchisees may buy',
    icon: 'IconGavel',
    editable: false,
    fields: [
      {
        type: FieldType.SELECT,
        name: 'kind',
        label: 'Kind',
        icon: 'IconArrowsSort',
        choices: [
          ['ASCENDING', 'Ascending', 'blue'],
          ['SEALED', 'Sealed', 'purple'],
          ['DESCENDING', 'Descending', 'orange'],
        ],
      },
      {
        type: FieldType.SELECT,
        name: 'status',
        label: 'Status',
        icon: 'IconProgress',
        choices: [
          ['PLANNED', 'Planned', 'gray'],
          ['OPEN', 'Open', 'blue'],
          ['SOLD', 'Sold', 'green'],
          ['UNSOLD', 'Unsold', 'yellow'],
          ['CANCELLED', 'Cancelled', 'red'],
        ],
      },
      { type: FieldType.CURRENCY, name: 'startPrice', label: 'Start price', icon: 'IconCoins' },
      { type: FieldType.CURRENCY, name: 'currentPrice', label: 'Current price', icon: 'IconCoins' },
      { type: FieldType.CURRENCY, name: 'buyNowPrice', label: 'Buy-now price', icon: 'IconCoins' },
      { type: FieldType.DATE_TIME, name: 'startsAt', label: 'Starts', icon: 'IconCalendarTime' },
      { type: FieldType.DATE_TIME, name: 'endsAt', label: 'Ends', icon: 'IconCalendarDue' },
    ],
  }),
);
