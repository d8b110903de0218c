import * as z from 'zod/mini';
import { identify } from '../constants/universal-identifiers.ts';
import { addBoardItem } from './board-item.ts';
import { findDealObject } from './deal-object.ts';
import type { AskMetadata, DealObject } from './deal-object.ts';

/** A pipeline as it stands in twenty. */
export interface PipelineBoard {
  /** Id of its record. */
  readonly pipelineId: string;
  readonly name: string;
  /** Ids of the records of its stages, in the order of their rank, endings last. */
  readonly stageIds: readonly string[];
}

/** Fields on a card, under its name. */
const CARD = ['name', 'businessStage', 'amount', 'owner', 'company', 'slaState', 'slaDueAt'];
/** In pixels. */
const COLUMN_WIDTH = 200;
/** twenty shows this many columns of a board. */
const VISIBLE_COLUMNS = 40;

/**
 * One kanban of deals for each pipeline, grouped by the relation to its stages. Such a board cannot be part of the app:
 * pipelines and stages are records of the workspace, and a column names the record that it stands for. It may be called
 * again at any time: boards are found again by their ids, new stages become columns, columns of stages that are gone go, and
 * what people have changed on a board stays.
 */
export async function ensurePipelineBoards(
  ask: AskMetadata,
  boards: readonly PipelineBoard[],
): Promise<void> {
  const object = await findDealObject(ask);
  for (const board of boards) {
    const viewId = identify('board', board.pipelineId);
    if (!(await hasView(ask, viewId))) await createBoard(ask, object, viewId, board);
    await alignColumns(ask, viewId, board.stageIds);
    await addBoardItem(ask, {
      id: identify('boardItem', board.pipelineId),
      viewId,
      name: board.name,
    });
  }
}

async function hasView(ask: AskMetadata, id: string): Promise<boolean> {
  const answer = await ask('query View($id: String!) { getView(id: $id) { id } }', { id });
  return (
    z.object({ getView: z.nullable(z.object({ id: z.string() })) }).parse(answer).getView !== null
  );
}

async function createBoard(
  ask: AskMetadata,
  object: DealObject,
  viewId: string,
  { pipelineId, name }: PipelineBoard,
): Promise<void> {
  await ask('mutation Board($input: CreateViewInput!) { createView(input: $input) { id } }', {
    input: {
      id: viewId,
      name,
      objectMetadataId: object.id,
      type: 'KANBAN',
      icon: 'IconLayoutKanban',
      mainGroupByFieldMetadataId: object.field('stage'),
      kanbanAggregateOperation: 'SUM',
      kanbanAggregateOperationFieldMetadataId: object.field('amount'),
      kanbanColumnWidth: COLUMN_WIDTH,
      visibility: 'WORKSPACE',
    },
  });
  await ask(
    'mutation Filter($input: CreateViewFilterInput!) { createViewFilter(input: $input) { id } }',
    {
      input: {
        id: identify('boardFilter', pipelineId),
        viewId,
        fieldMetadataId: object.field('pipeline'),
        operand: 'IS',
        value: JSON.stringify({
          isCurrentWorkspaceMemberSelected: false,
          selectedRecordIds: [pipelineId],
        }),
      },
    },
  );
  await ask(
    'mutation Card($inputs: [CreateViewFieldInput!]!) { createManyViewFields(inputs: $inputs) { id } }',
    {
      inputs: CARD.map((field, position) => ({
        viewId,
        fieldMetadataId: object.field(field),
        position,
        isVisible: true,
        size: 150,
      })),
    },
  );
}

const groupsSchema = z.object({
  getViewGroups: z.array(
    z.object({ id: z.string(), fieldValue: z.string(), isVisible: z.boolean() }),
  ),
});

/** Columns are the stages; the column of deals without a stage, which twenty adds, is hidden. */
async function alignColumns(
  ask: AskMetadata,
  viewId: string,
  stageIds: readonly string[],
): Promise<void> {
  const answer = await ask(
    'query Columns($viewId: String!) { getViewGroups(viewId: $viewId) { id fieldValue isVisible } }',
    { viewId },
  );
  const groups = groupsSchema.parse(answer).getViewGroups;
  const inputs = stageIds
    .map((fieldValue, position) => ({
      viewId,
      fieldValue,
      position,
      isVisible: position < VISIBLE_COLUMNS,
    }))
    .filter(({ fieldValue }) => groups.every((group) => group.fieldValue !== fieldValue));
  if (inputs.length > 0) {
    await ask(
      'mutation Columns($inputs: [CreateViewGroupInput!]!) { createManyViewGroups(inputs: $inputs) { id } }',
      { inputs },
    );
  }
  for (const { id, fieldValue, isVisible } of groups) {
    if (fieldValue === '') {
      if (!isVisible || inputs.length === 0) continue;
      await ask(
        'mutation Hide($input: UpdateViewGroupInput!) { updateViewGroup(input: $input) { id } }',
        {
          input: { id, update: { isVisible: false, position: stageIds.length } },
        },
      );
    } else if (!stageIds.includes(fieldValue)) {
      await ask(
        'mutation Drop($input: DestroyViewGroupInput!) { destroyViewGroup(input: $input) { id } }',
        { input: { id } },
      );
    }
  }
}
