import { defineField } from 'twenty-sdk/define';
import { pointerTo } from './attached-fields.ts';

export default defineField(pointerTo('masterDeal', 'Master deal', 'IconBriefcase', 'noteTarget'));
