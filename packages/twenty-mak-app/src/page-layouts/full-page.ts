import { PageLayoutTabLayoutMode, PageLayoutType } from 'twenty-sdk/define';
import type { PageLayoutConfig } from 'twenty-sdk/define';
import { identify } from '../constants/universal-identifiers.ts';

/** A page of its own with one front component of the same key, over the whole room. */
export function fullPage(key: string, title: string, icon: string): PageLayoutConfig {
  return {
    universalIdentifier: identify('pageLayout', key),
    name: title,
    type: PageLayoutType.STANDALONE_PAGE,
    tabs: [
      {
        universalIdentifier: identify('pageLayoutTab', key),
        title,
        position: 0,
        icon,
        layoutMode: PageLayoutTabLayoutMode.CANVAS,
        widgets: [
          {
            universalIdentifier: identify('pageLayoutWidget', key),
            title,
            type: 'FRONT_COMPONENT',
            configuration: {
              configurationType: 'FRONT_COMPONENT',
              frontComponentUniversalIdentifier: identify('frontComponent', key),
            },
          },
        ],
      },
    ],
  };
}
