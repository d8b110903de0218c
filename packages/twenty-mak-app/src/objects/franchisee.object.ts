import { defineObject } from 'twenty-sdk/define';
import { CABINET_FIELDS } from './cabinet-fields.ts';
import { objectConfig } from './object-fields.ts';

export default defineObject(
  objectConfig('makFranchisee', {
    plural: 'makFranchisees',
    label: 'Franchisee',
    labelPlural: 'Franchisees',
    description: 'A business of the network that buys leads and works on deals',
    icon: 'IconBuildingStore',
    editable: false,
    fields: CABINET_FIELDS,
  }),
);
