import { definePageLayoutTab, STANDARD_PAGE_LAYOUT_UNIVERSAL_IDENTIFIERS } from 'twenty-sdk/define';
import { dealsTab } from './deals-tab.ts';

export default definePageLayoutTab(
  dealsTab(
    'companyDeals',
    STANDARD_PAGE_LAYOUT_UNIVERSAL_IDENTIFIERS.companyRecordPage.universalIdentifier,
  ),
);
