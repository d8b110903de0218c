import { defineField } from 'twenty-sdk/define';
import { makIdField } from './mak-id-field.ts';

export default defineField(makIdField('opportunity'));
