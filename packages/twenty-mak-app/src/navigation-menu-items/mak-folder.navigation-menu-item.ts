import { defineNavigationMenuItem, NavigationMenuItemType } from 'twenty-sdk/define';
import { FOLDER_IDENTIFIER } from './item-config.ts';

export default defineNavigationMenuItem({
  universalIdentifier: FOLDER_IDENTIFIER,
  type: NavigationMenuItemType.FOLDER,
  name: 'MaK',
  icon: 'IconProgressCheck',
  color: 'blue',
  position: -1,
});
