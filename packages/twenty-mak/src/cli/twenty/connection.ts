import { z } from 'zod';
import type { TwentyClient } from './twenty-client.ts';

/** There is one record; the unique `makId` sees to that. */
const MAK_ID = 'mak';

const connectionSchema = z.object({
  makConnections: z.object({
    edges: z.array(
      z.object({
        node: z.object({ makUrl: z.string().nullish(), tenantKey: z.string().nullish() }),
      }),
    ),
  }),
});

export interface Connection {
  /** Of MaK, as browsers reach it. */
  readonly makUrl: string;
  readonly tenantKey: string;
}

/** Where the pages of the app find MaK; null when nobody has said. The app must be installed. */
export async function readConnection(twenty: TwentyClient): Promise<Connection | null> {
  const { makConnections } = await twenty.records(
    'query Read($id: String!) { makConnections(filter: { makId: { eq: $id } }) { edges { node { makUrl tenantKey } } } }',
    { id: MAK_ID },
    connectionSchema,
  );
  const { makUrl, tenantKey } = makConnections.edges[0]?.node ?? {};
  return makUrl && tenantKey ? { makUrl, tenantKey } : null;
}

/** Writes where the pages of the app find MaK; gives whether that was new. */
export async function writeConnection(
  twenty: TwentyClient,
  connection: Connection,
): Promise<boolean> {
  const before = await readConnection(twenty);
  if (before?.makUrl === connection.makUrl && before.tenantKey === connection.tenantKey)
    return false;
  await twenty.records(
    'mutation Write($data: [MakConnectionCreateInput!]!) { createMakConnections(data: $data, upsert: true) { id } }',
    { data: [{ makId: MAK_ID, name: 'MaK', ...connection }] },
    z.unknown(),
  );
  return true;
}

const permissionSchema = z.object({
  objectMetadataId: z.string(),
  canReadObjectRecords: z.boolean().nullish(),
  canUpdateObjectRecords: z.boolean().nullish(),
  canSoftDeleteObjectRecords: z.boolean().nullish(),
  canDestroyObjectRecords: z.boolean().nullish(),
});
const rolesSchema = z.object({
  getRoles: z.array(
    z.object({
      id: z.string(),
      label: z.string(),
      isEditable: z.boolean(),
      canUpdateAllObjectRecords: z.boolean(),
      canSoftDeleteAllObjectRecords: z.boolean(),
      canDestroyAllObjectRecords: z.boolean(),
      objectPermissions: z.array(permissionSchema).nullish(),
    }),
  ),
});
type Role = z.output<typeof rolesSchema>['getRoles'][number];

const objectsSchema = z.object({
  objects: z.object({
    edges: z.array(z.object({ node: z.object({ id: z.string(), nameSingular: z.string() }) })),
  }),
});

/**
 * Takes the right to write the connection from every role that may be changed: pages send the token of whoever looks to
 * the address that stands there. Who may change all settings, twenty's role Admin, stays able to. Gives the roles changed.
 */
export async function lockConnection(twenty: TwentyClient): Promise<readonly string[]> {
  const { objects } = await twenty.metadata(
    '{ objects(paging: { first: 1000 }) { edges { node { id nameSingular } } } }',
    {},
    objectsSchema,
  );
  const object = objects.edges.find(({ node }) => node.nameSingular === 'makConnection')?.node.id;
  if (object === undefined) throw new Error('The installed app has no object makConnection.');
  const { getRoles } = await twenty.metadata(
    `{ getRoles { id label isEditable canUpdateAllObjectRecords canSoftDeleteAllObjectRecords canDestroyAllObjectRecords
         objectPermissions { objectMetadataId canReadObjectRecords canUpdateObjectRecords canSoftDeleteObjectRecords canDestroyObjectRecords } } }`,
    {},
    rolesSchema,
  );
  const open = getRoles.filter((role) => role.isEditable && mayWrite(role, object));
  for (const role of open) {
    const locked = {
      objectMetadataId: object,
      canReadObjectRecords: true,
      canUpdateObjectRecords: false,
      canSoftDeleteObjectRecords: false,
      canDestroyObjectRecords: false,
    };
    // twenty drops the permissions of a role that are not named, so all of them go along.
    const others = (role.objectPermissions ?? []).filter((one) => one.objectMetadataId !== object);
    await twenty.metadata(
      'mutation Lock($input: UpsertObjectPermissionsInput!) { upsertObjectPermissions(upsertObjectPermissionsInput: $input) { objectMetadataId } }',
      { input: { roleId: role.id, objectPermissions: [...others, locked] } },
      z.unknown(),
    );
  }
  return open.map(({ label }) => label);
}

function mayWrite(role: Role, object: string): boolean {
  const own = role.objectPermissions?.find((one) => one.objectMetadataId === object);
  return [
    own?.canUpdateObjectRecords ?? role.canUpdateAllObjectRecords,
    own?.canSoftDeleteObjectRecords ?? role.canSoftDeleteAllObjectRecords,
    own?.canDestroyObjectRecords ?? role.canDestroyAllObjectRecords,
  ].some(Boolean);
}
