import * as z from 'zod/mini';
import type { AskMetadata } from './deal-object.ts';

const itemsSchema = z.object({
  navigationMenuItems: z.array(
    z.object({
      id: z.string(),
      type: z.string(),
      name: z.nullish(z.string()),
      folderId: z.nullish(z.string()),
      position: z.number(),
    }),
  ),
});

interface BoardItem {
  readonly id: string;
  readonly viewId: string;
  readonly name: string;
}

/** Puts a board into the folder of the app, behind what is there; where the folder was renamed or removed, outside. */
export async function addBoardItem(
  ask: AskMetadata,
  { id, viewId, name }: BoardItem,
): Promise<void> {
  const answer = await ask('{ navigationMenuItems { id type name folderId position } }', {});
  const items = itemsSchema.parse(answer).navigationMenuItems;
  if (items.some((item) => item.id === id)) return;
  const folder = items.find((item) => item.type === 'FOLDER' && item.name === 'MaK');
  const neighbours = items.filter(({ folderId }) => (folderId ?? null) === (folder?.id ?? null));
  const position = Math.max(0, ...neighbours.map((item) => item.position)) + 1;
  await ask(
    'mutation Item($input: CreateNavigationMenuItemInput!) { createNavigationMenuItem(input: $input) { id } }',
    {
      input: {
        id,
        type: 'VIEW',
        viewId,
        name,
        icon: 'IconLayoutKanban',
        position,
        ...(folder === undefined ? {} : { folderId: folder.id }),
      },
    },
  );
}
