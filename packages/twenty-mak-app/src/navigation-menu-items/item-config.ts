import { NavigationMenuItemType } from 'twenty-sdk/define';
import type { defineNavigationMenuItem } from 'twenty-sdk/define';
import { identify } from '../constants/universal-identifiers.ts';
import { viewIdentifier } from '../views/view-config.ts';

type ItemConfig = Parameters<typeof defineNavigationMenuItem>[0];

export const FOLDER_IDENTIFIER = identify('navigationMenuItem', 'folder');

interface ItemLook {
  readonly name: string;
  readonly icon: string;
  readonly position: number;
}

/** An item of the folder that opens the full page of this key. */
export function pageItem(key: string, look: ItemLook): ItemConfig {
  return {
    ...look,
    universalIdentifier: identify('navigationMenuItem', key),
    type: NavigationMenuItemType.PAGE_LAYOUT,
    folderUniversalIdentifier: FOLDER_IDENTIFIER,
    pageLayoutUniversalIdentifier: identify('pageLayout', key),
  };
}

/** An item of the folder that opens the view of this key. */
export function viewItem(key: string, look: ItemLook): ItemConfig {
  return {
    ...look,
    universalIdentifier: identify('navigationMenuItem', key),
    type: NavigationMenuItemType.VIEW,
    folderUniversalIdentifier: FOLDER_IDENTIFIER,
    viewUniversalIdentifier: viewIdentifier(key),
  };
}
