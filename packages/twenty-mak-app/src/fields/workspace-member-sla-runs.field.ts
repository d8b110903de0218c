import { defineField } from 'twenty-sdk/define';
import { fieldOnStandardObject } from './relation-fields.ts';

export default defineField(fieldOnStandardObject('workspaceMember', 'makSlaRuns', 'makSlaRun'));
