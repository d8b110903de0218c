import { ensurePipelineBoards } from 'twenty-mak-app/provision';
import type { AskMetadata } from 'twenty-mak-app/provision';
import { z } from 'zod';
import { stageRecordId } from '../../features/pipelines/stage-record-id.ts';
import type { MakClient } from './mak-client.ts';
import type { TwentyClient } from './twenty-client.ts';

const pipelinesSchema = z.object({
  items: z.array(
    z.object({
      id: z.string(),
      key: z.string(),
      title: z.string(),
      is_default: z.boolean(),
      current_version: z.int().nullable(),
      archived_at: z.string().nullable(),
    }),
  ),
  next: z.string().nullable(),
});
const versionSchema = z.object({
  definition: z.object({
    stages: z.array(z.object({ key: z.string(), title: z.string(), kind: z.string().optional() })),
    endings: z
      .array(z.object({ key: z.string(), title: z.string(), outcome: z.string() }))
      .optional(),
  }),
});

/** A stage as a record of twenty has it. */
export interface StageRecord {
  readonly makId: string;
  readonly name: string;
  readonly rank: number | null;
  readonly kind: 'OPEN' | 'WON' | 'LOST';
}

/** A published pipeline as its record of twenty has it. */
export interface PipelineRecord {
  readonly makId: string;
  readonly name: string;
  readonly makVersion: number;
  readonly isDefault: boolean;
  readonly isArchived: boolean;
  readonly stages: readonly StageRecord[];
}

/** All pipelines of the tenant that were ever published. */
export async function readPipelines(mak: MakClient): Promise<readonly PipelineRecord[]> {
  const records: PipelineRecord[] = [];
  let next: string | null = null;
  do {
    const query: string = next === null ? '' : `?cursor=${encodeURIComponent(next)}`;
    const page: z.output<typeof pipelinesSchema> = await mak.call(
      `/v1/pipelines${query}`,
      pipelinesSchema,
    );
    for (const { id, key, title, is_default, current_version, archived_at } of page.items) {
      if (current_version === null) continue;
      const path = `/v1/pipelines/${encodeURIComponent(key)}/versions/${current_version}`;
      const { definition } = await mak.call(path, versionSchema);
      records.push({
        makId: id,
        name: title,
        makVersion: current_version,
        isDefault: is_default,
        isArchived: archived_at !== null,
        stages: stageRecords(id, definition),
      });
    }
    next = page.next;
  } while (next !== null);
  return records;
}

/** Stages in their order, then endings, which have no rank; with the ids that the sync finds them by. */
export function stageRecords(
  pipeline: string,
  { stages, endings = [] }: z.output<typeof versionSchema>['definition'],
): readonly StageRecord[] {
  const kindOf = (kind: string | undefined): StageRecord['kind'] =>
    kind === 'won' ? 'WON' : kind === 'lost' ? 'LOST' : 'OPEN';
  return [
    ...stages.map(({ key, title, kind }, rank) => ({
      makId: stageRecordId(pipeline, key),
      name: title,
      rank,
      kind: kindOf(kind),
    })),
    ...endings.map(({ key, title, outcome }) => ({
      makId: stageRecordId(pipeline, key),
      name: title,
      rank: null,
      kind: kindOf(outcome),
    })),
  ];
}

const knownPipelinesSchema = z.object({
  makPipelines: z.object({
    edges: z.array(
      z.object({
        node: z.object({
          id: z.string(),
          makId: z.string().nullish(),
          name: z.string().nullish(),
          makVersion: z.number().nullish(),
          isDefault: z.boolean().nullish(),
          isArchived: z.boolean().nullish(),
        }),
      }),
    ),
  }),
});
const knownStagesSchema = z.object({
  makStages: z.object({
    edges: z.array(
      z.object({
        node: z.object({
          id: z.string(),
          makId: z.string().nullish(),
          name: z.string().nullish(),
          rank: z.number().nullish(),
          kind: z.string().nullish(),
          pipelineId: z.string().nullish(),
        }),
      }),
    ),
  }),
});
const savedSchema = z.object({
  saved: z.array(z.object({ id: z.string(), makId: z.string() })),
});

interface Written {
  /** Records and boards that were made or changed. */
  readonly changes: number;
}

/** Makes records of pipelines and stages what MaK says, and a board for each pipeline that is not archived. */
export async function providePipelines(
  twenty: TwentyClient,
  pipelines: readonly PipelineRecord[],
): Promise<Written> {
  let changes = 0;
  const known = await twenty.records(
    '{ makPipelines(first: 200) { edges { node { id makId name makVersion isDefault isArchived } } } }',
    {},
    knownPipelinesSchema,
  );
  const ids = new Map(known.makPipelines.edges.map(({ node }) => [node.makId, node.id]));
  const wanted = pipelines.map(({ makId, name, makVersion, isDefault, isArchived }) => ({
    makId,
    name,
    makVersion,
    isDefault,
    isArchived,
  }));
  const others = wanted.filter(
    (record) => !known.makPipelines.edges.some(({ node }) => isSame(record, node)),
  );
  for (const { id, makId } of await upsert(twenty, 'MakPipeline', others)) ids.set(makId, id);
  changes += others.length;

  const boards = [];
  for (const { makId, name, isArchived, stages } of pipelines) {
    const pipelineId = ids.get(makId);
    if (pipelineId === undefined) throw new Error(`twenty did not keep the pipeline ${makId}.`);
    const written = await provideStages(twenty, pipelineId, stages);
    changes += written.changes;
    if (!isArchived) boards.push({ pipelineId, name, stageIds: written.ids });
  }
  const ask: AskMetadata = async (query, variables) => {
    if (query.startsWith('mutation')) changes += 1;
    return twenty.metadata(query, variables, z.unknown());
  };
  await ensurePipelineBoards(ask, boards);
  return { changes };
}

async function provideStages(
  twenty: TwentyClient,
  pipelineId: string,
  stages: readonly StageRecord[],
): Promise<Written & { readonly ids: readonly string[] }> {
  const known = await twenty.records(
    'query Stages($id: UUID!) { makStages(first: 200, filter: { pipelineId: { eq: $id } }) { edges { node { id makId name rank kind pipelineId } } } }',
    { id: pipelineId },
    knownStagesSchema,
  );
  const ids = new Map(known.makStages.edges.map(({ node }) => [node.makId, node.id]));
  const others = stages
    .map((stage) => ({ ...stage, pipelineId }))
    .filter((record) => !known.makStages.edges.some(({ node }) => isSame(record, node)));
  for (const { id, makId } of await upsert(twenty, 'MakStage', others)) ids.set(makId, id);
  return {
    changes: others.length,
    ids: stages.flatMap(({ makId }) => ids.get(makId) ?? []),
  };
}

/** Whether a record of twenty has all these values; an absent one counts as null. */
function isSame(wanted: object, known: object): boolean {
  const values = new Map(Object.entries(known));
  return Object.entries(wanted).every(([name, value]) => (values.get(name) ?? null) === value);
}

/** Makes records, or changes those with the same `makId`. */
async function upsert(
  twenty: TwentyClient,
  type: 'MakPipeline' | 'MakStage',
  data: readonly object[],
): Promise<readonly { readonly id: string; readonly makId: string }[]> {
  if (data.length === 0) return [];
  const { saved } = await twenty.records(
    `mutation Save($data: [${type}CreateInput!]!) { saved: create${type}s(data: $data, upsert: true) { id makId } }`,
    { data },
    savedSchema,
  );
  return saved;
}
