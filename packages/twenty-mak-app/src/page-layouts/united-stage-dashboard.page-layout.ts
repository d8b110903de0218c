import { definePageLayout } from 'twenty-sdk/define';
import { fullPage } from './full-page.ts';

export default definePageLayout(
  fullPage('unitedStageDashboard', 'United Stage Dashboard', 'IconChartBar'),
);
