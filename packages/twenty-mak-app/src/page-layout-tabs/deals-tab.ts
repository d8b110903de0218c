import { PageLayoutTabLayoutMode } from 'twenty-sdk/define';
import type { PageLayoutTabConfig } from 'twenty-sdk/define';
import { identify } from '../constants/universal-identifiers.ts';

/** After the home tab of twenty, before its timeline. */
const POSITION = 15;

/** A tab with the deals of a record of twenty, drawn by the front component of the same key. */
export function dealsTab(key: string, pageLayoutUniversalIdentifier: string): PageLayoutTabConfig {
  return {
    universalIdentifier: identify('pageLayoutTab', key),
    pageLayoutUniversalIdentifier,
    title: 'Master deals',
    icon: 'IconBriefcase',
    position: POSITION,
    layoutMode: PageLayoutTabLayoutMode.CANVAS,
    widgets: [
      {
        universalIdentifier: identify('pageLayoutWidget', key),
        title: 'Master deals',
        type: 'FRONT_COMPONENT',
        configuration: {
          configurationType: 'FRONT_COMPONENT',
          frontComponentUniversalIdentifier: identify('frontComponent', key),
        },
      },
    ],
  };
}
