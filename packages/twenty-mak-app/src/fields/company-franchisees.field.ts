import { defineField } from 'twenty-sdk/define';
import { fieldOnStandardObject } from './relation-fields.ts';

export default defineField(fieldOnStandardObject('company', 'makFranchisees', 'makFranchisee'));
