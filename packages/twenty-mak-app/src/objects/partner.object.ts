import { defineObject } from 'twenty-sdk/define';
import { CABINET_FIELDS } from './cabinet-fields.ts';
import { objectConfig } from './object-fields.ts';

export default defineObject(
  objectConfig('makPartner', {
    plural: 'makPartners',
    label: 'Partner',
    labelPlural: 'Partners',
    description: 'Somebody who brings leads',
    icon: 'IconAffiliate',
    editable: false,
    fields: CABINET_FIELDS,
  }),
);
