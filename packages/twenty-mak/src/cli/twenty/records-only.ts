import { z } from 'zod';
import type { Manifest } from './app-package.ts';

const CONNECTION = 'makConnection';

const partsSchema = z.looseObject({
  objects: z.array(z.looseObject({ universalIdentifier: z.string(), nameSingular: z.string() })),
  fields: z.array(z.looseObject({ objectUniversalIdentifier: z.string() })),
  indexes: z.array(z.looseObject({ objectUniversalIdentifier: z.string() })),
  views: z.array(z.looseObject({ objectUniversalIdentifier: z.string() })),
  roles: z.array(
    z.looseObject({
      objectPermissions: z
        .array(z.looseObject({ objectUniversalIdentifier: z.string() }))
        .optional(),
      fieldPermissions: z
        .array(z.looseObject({ objectUniversalIdentifier: z.string() }))
        .optional(),
    }),
  ),
  navigationMenuItems: z.array(z.looseObject({ type: z.string() })),
  pageLayouts: z.array(
    z.looseObject({
      type: z.string(),
      tabs: z.array(z.looseObject({ widgets: z.array(z.looseObject({ type: z.string() })) })),
    }),
  ),
});

/**
 * What is left of the app when MaK goes: objects, fields, indexes, views, roles and the way to the views. The connection
 * goes with its one record, and everything that speaks with MaK: pages, tabs, commands, components. Record pages keep the
 * tabs of twenty. `connection` is the identifier of the object that goes.
 */
export function recordsOnly(manifest: Manifest): {
  readonly manifest: Manifest;
  readonly connection: string | null;
} {
  const parts = partsSchema.parse(manifest);
  const connection = parts.objects.find(({ nameSingular }) => nameSingular === CONNECTION);
  const stays = ({ objectUniversalIdentifier }: { readonly objectUniversalIdentifier: string }) =>
    objectUniversalIdentifier !== connection?.universalIdentifier;
  return {
    manifest: {
      ...manifest,
      objects: parts.objects.filter((object) => object !== connection),
      fields: parts.fields.filter(stays),
      indexes: parts.indexes.filter(stays),
      views: parts.views.filter(stays),
      roles: parts.roles.map((role) => ({
        ...role,
        objectPermissions: role.objectPermissions?.filter(stays),
        fieldPermissions: role.fieldPermissions?.filter(stays),
      })),
      navigationMenuItems: parts.navigationMenuItems.filter(({ type }) => type !== 'PAGE_LAYOUT'),
      pageLayouts: parts.pageLayouts
        .filter(({ type }) => type === 'RECORD_PAGE')
        .map((page) => ({
          ...page,
          tabs: page.tabs.filter(({ widgets }) =>
            widgets.every(({ type }) => type !== 'FRONT_COMPONENT'),
          ),
        })),
      pageLayoutTabs: [],
      commandMenuItems: [],
      frontComponents: [],
    },
    connection: connection?.universalIdentifier ?? null,
  };
}
