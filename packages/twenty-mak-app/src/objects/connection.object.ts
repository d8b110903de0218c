import { defineObject, FieldType } from 'twenty-sdk/define';
import { objectConfig } from './object-fields.ts';

/**
 * Where the pages of the app find MaK. One record, written by `./mak twenty install`. It is no application variable,
 * because twenty 2.21 hands these to front components as it keeps them, encrypted.
 */
export default defineObject(
  objectConfig('makConnection', {
    plural: 'makConnections',
    label: 'MaK connection',
    labelPlural: 'MaK connections',
    description: 'Where the pages of MaK come from; written when MaK is connected',
    icon: 'IconPlugConnected',
    editable: false,
    fields: [
      {
        type: FieldType.TEXT,
        name: 'makUrl',
        label: 'Address',
        icon: 'IconLink',
        description: 'Address of MaK as browsers reach it',
      },
      {
        type: FieldType.TEXT,
        name: 'tenantKey',
        label: 'Company key',
        icon: 'IconKey',
        description: 'Key of the company in MaK',
      },
    ],
  }),
);
