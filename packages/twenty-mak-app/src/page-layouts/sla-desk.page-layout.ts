import { definePageLayout } from 'twenty-sdk/define';
import { fullPage } from './full-page.ts';

export default definePageLayout(fullPage('slaDesk', 'SLA desk', 'IconClockHour4'));
