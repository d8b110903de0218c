import { defineObject, FieldType } from 'twenty-sdk/define';
import { objectConfig } from './object-fields.ts';

export default defineObject(
  objectConfig('makBid', {
    plural: 'makBids',
    label: 'Bid',
    labelPlural: 'Bids',
    description: 'An offer of a franchisee in an auction',
    icon: 'IconCoins',
    editable: false,
    fields: [
      { type: FieldType.CURRENCY, name: 'amount', label: 'Amount', icon: 'IconCurrencyDollar' },
      {
        type: FieldType.NUMBER,
        name: 'sequence',
        label: 'Number',
        icon: 'IconListNumbers',
        description: 'Order of the bids of an auction, without gaps',
      },
      { type: FieldType.DATE_TIME, name: 'placedAt', label: 'Placed', icon: 'IconCalendarTime' },
      {
        type: FieldType.SELECT,
        name: 'status',
        label: 'Status',
        icon: 'IconProgress',
        choices: [
          ['LEADING', 'Leading', 'blue'],
          ['OUTBID', 'Outbid', 'gray'],
          ['WON', 'Won', 'green'],
        ],
      },
    ],
  }),
);
