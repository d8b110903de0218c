import { defineObject, FieldType } from 'twenty-sdk/define';
import { objectConfig } from './object-fields.ts';

export default defineObject(
  objectConfig('makLead', {
    plural: 'makLeads',
    label: 'Lead',
    labelPlural: 'Leads',
    description: 'A possible client, before there is a deal',
    icon: 'IconMagnet',
    editable: false,
    fields: [
      {
        type: FieldType.SELECT,
        name: 'status',
        label: 'Status',
        icon: 'IconProgress',
        description: 'Kind of its status; the tenant has names of its own for them',
        choices: [
          ['NEW', 'New', 'blue'],
          ['FROM_PARTNER', 'From partner', 'purple'],
          ['IN_WORK', 'In work', 'sky'],
          ['ON_AUCTION', 'On auction', 'orange'],
          ['SOLD', 'Sold', 'turquoise'],
          ['UNSOLD', 'Unsold', 'gray'],
          ['RETURNED', 'Returned', 'yellow'],
          ['CONVERTED', 'Converted', 'green'],
          ['REJECTED', 'Rejected', 'red'],
        ],
      },
      { type: FieldType.TEXT, name: 'statusName', label: 'Status name', icon: 'IconTag' },
      {
        type: FieldType.SELECT,
        name: 'source',
        label: 'Source',
        icon: 'IconRoute',
        choices: [
          ['PARTNER', 'Partner', 'purple'],
          ['LEAD_GENERATION', 'Lead generation', 'blue'],
          ['COLD_BASE', 'Cold base', 'sky'],
          ['EXTERNAL', 'External', 'gray'],
          ['BOUGHT_BASE', 'Bought base', 'orange'],
        ],
      },
      // Who it is, and what people say of it, stays in MaK: these are here for workspaces that have them, and empty.
      { type: FieldType.PHONES, name: 'phones', label: 'Phones', icon: 'IconPhone' },
      { type: FieldType.EMAILS, name: 'emails', label: 'Emails', icon: 'IconMail' },
      { type: FieldType.TEXT, name: 'city', label: 'City', icon: 'IconMapPin' },
      { type: FieldType.TEXT, name: 'niche', label: 'Niche', icon: 'IconCategory' },
      { type: FieldType.CURRENCY, name: 'amount', label: 'Amount', icon: 'IconCurrencyDollar' },
      { type: FieldType.TEXT, name: 'comments', label: 'Comments', icon: 'IconMessage' },
    ],
  }),
);
