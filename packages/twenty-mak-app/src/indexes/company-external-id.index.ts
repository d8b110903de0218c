import { defineIndex } from 'twenty-sdk/define';
import { externalIdIndex } from './external-id-index.ts';

export default defineIndex(externalIdIndex('company'));
