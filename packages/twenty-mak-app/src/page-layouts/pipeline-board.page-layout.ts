import { definePageLayout } from 'twenty-sdk/define';
import { fullPage } from './full-page.ts';

export default definePageLayout(fullPage('pipelineBoard', 'Pipeline board', 'IconLayoutKanban'));
