import { definePageLayout, PageLayoutTabLayoutMode, PageLayoutType } from 'twenty-sdk/define';
import type { PageLayoutConfig } from 'twenty-sdk/define';
import { identify, objectIdentifier } from '../constants/universal-identifiers.ts';
import { viewIdentifier } from '../views/view-config.ts';

type Tab = NonNullable<PageLayoutConfig['tabs']>[number];
type Widget = NonNullable<Tab['widgets']>[number];

function tab(
  key: string,
  title: string,
  icon: string,
  layoutMode: PageLayoutTabLayoutMode,
  widget: Pick<Widget, 'type' | 'configuration'>,
): Omit<Tab, 'position'> {
  return {
    universalIdentifier: identify('pageLayoutTab', 'masterDeal', key),
    title,
    icon,
    layoutMode,
    widgets: [
      { universalIdentifier: identify('pageLayoutWidget', 'masterDeal', key), title, ...widget },
    ],
  };
}

const { CANVAS, VERTICAL_LIST } = PageLayoutTabLayoutMode;
const tabs: readonly Omit<Tab, 'position'>[] = [
  tab('home', 'Home', 'IconHome', VERTICAL_LIST, {
    type: 'FIELDS',
    configuration: {
      configurationType: 'FIELDS',
      viewUniversalIdentifier: viewIdentifier('masterDealFields'),
    },
  }),
  tab('progress', 'Progress', 'IconProgressCheck', CANVAS, {
    type: 'FRONT_COMPONENT',
    configuration: {
      configurationType: 'FRONT_COMPONENT',
      frontComponentUniversalIdentifier: identify('frontComponent', 'masterDealProgress'),
    },
  }),
  tab('tasks', 'Tasks', 'IconCheckbox', CANVAS, {
    type: 'TASKS',
    configuration: { configurationType: 'TASKS' },
  }),
  tab('notes', 'Notes', 'IconNotes', CANVAS, {
    type: 'NOTES',
    configuration: { configurationType: 'NOTES' },
  }),
  tab('files', 'Files', 'IconPaperclip', CANVAS, {
    type: 'FILES',
    configuration: { configurationType: 'FILES' },
  }),
  tab('timeline', 'Timeline', 'IconTimelineEvent', CANVAS, {
    type: 'TIMELINE',
    configuration: { configurationType: 'TIMELINE' },
  }),
];

export default definePageLayout({
  universalIdentifier: identify('pageLayout', 'masterDeal'),
  name: 'Master deal',
  type: PageLayoutType.RECORD_PAGE,
  objectUniversalIdentifier: objectIdentifier('masterDeal'),
  tabs: tabs.map((one, index) => ({ ...one, position: (index + 1) * 10 })),
});
