import * as z from 'zod/mini';
import { identify } from '../constants/universal-identifiers.ts';
import type { AskMetadata } from './deal-object.ts';

const itemsSchema = z.object({ navigationMenuItems: z.array(z.object({ id: z.string() })) });
const viewSchema = z.object({ getView: z.nullable(z.object({ id: z.string() })) });

/** Takes out what `ensurePipelineBoards` has made for these records of pipelines. It may be called again at any time. */
export async function removePipelineBoards(
  ask: AskMetadata,
  pipelineIds: readonly string[],
): Promise<void> {
  const answer = await ask('{ navigationMenuItems { id } }', {});
  const items = new Set(itemsSchema.parse(answer).navigationMenuItems.map(({ id }) => id));
  for (const pipelineId of pipelineIds) {
    const item = identify('boardItem', pipelineId);
    if (items.has(item)) {
      await ask('mutation Item($id: UUID!) { deleteNavigationMenuItem(id: $id) { id } }', {
        id: item,
      });
    }
    const id = identify('board', pipelineId);
    const view = viewSchema.parse(
      await ask('query View($id: String!) { getView(id: $id) { id } }', { id }),
    );
    if (view.getView !== null)
      await ask('mutation Board($id: String!) { destroyView(id: $id) }', { id });
  }
}
