import { removePipelineBoards } from 'twenty-mak-app/provision';
import { z } from 'zod';
import { findApp } from '../application.ts';
import { readConnection, writeConnection } from '../connection.ts';
import type { Connection } from '../connection.ts';
import { findWebhooks, removeWebhooks } from '../records.ts';
import type { TwentyClient } from '../twenty-client.ts';
import { takeOutPages } from '../uninstall.ts';
import { RECORDS_ONLY } from '../versions.ts';
import { EVERY_RECORD } from './twenty-side.ts';

/** What the workspace was like before. */
export interface Before {
  /** Whether the app was installed with its pages. */
  readonly hasApp: boolean;
  readonly connection: Connection | null;
}

export async function remember(twenty: TwentyClient): Promise<Before> {
  const app = await findApp(twenty);
  const hasApp = app !== undefined && app.version !== RECORDS_ONLY;
  return { hasApp, connection: hasApp ? await readConnection(twenty) : null };
}

/** What a trial leaves behind unless it is cleared away. */
export interface Traces {
  /** Begins the name of every deal. */
  readonly mark: string;
  /** Ids of the pipelines in MaK. */
  pipelines: readonly string[];
  /** Where twenty told of changes. */
  readonly webhook: string;
}

const idsSchema = z.object({
  found: z.object({ edges: z.array(z.object({ node: z.object({ id: z.string() }) })) }),
});

/** Makes the workspace what it was, its bin too. The MaK of the trial must not run any more. */
export async function clearAway(
  twenty: TwentyClient,
  before: Before,
  { mark, pipelines, webhook }: Traces,
): Promise<void> {
  const webhooks = await findWebhooks(twenty);
  await removeWebhooks(
    twenty,
    webhooks.filter(({ targetUrl }) => targetUrl === webhook),
  );
  const find = async (plural: string, type: string, filter: object): Promise<readonly string[]> => {
    const { found } = await twenty.records(
      `query Traces($filter: ${type}FilterInput) { found: ${plural}(filter: $filter, first: 200) { edges { node { id } } } }`,
      { filter: { and: [EVERY_RECORD, filter] } },
      idsSchema,
    );
    return found.edges.map(({ node }) => node.id);
  };
  const destroy = async (type: string, filter: object): Promise<void> => {
    await twenty.records(
      `mutation Clear($filter: ${type}FilterInput!) { destroy${type}s(filter: $filter) { id } }`,
      { filter },
      z.unknown(),
    );
  };
  const own =
    pipelines.length === 0
      ? []
      : await find('makPipelines', 'MakPipeline', { makId: { in: pipelines } });
  const named = { name: { like: `${mark}%` } };
  // twenty refuses a list of nothing.
  const ofTrial = own.length === 0 ? named : { or: [named, { pipelineId: { in: own } }] };
  for (;;) {
    const deals = await find('masterDeals', 'MasterDeal', ofTrial);
    if (deals.length === 0) break;
    for (;;) {
      const runs = await find('makSlaRuns', 'MakSlaRun', { masterDealId: { in: deals } });
      if (runs.length === 0) break;
      await destroy('MakSlaRun', { id: { in: runs } });
    }
    await destroy('MasterDeal', { id: { in: deals } });
  }
  if (own.length > 0) {
    await removePipelineBoards(
      (query, variables) => twenty.metadata(query, variables, z.unknown()),
      own,
    );
    await destroy('MakStage', { pipelineId: { in: own } });
    await destroy('MakPipeline', { id: { in: own } });
  }
  if (before.connection !== null) await writeConnection(twenty, before.connection);
  else if (before.hasApp) await destroy('MakConnection', { makId: { eq: 'mak' } });
  if (!before.hasApp) await takeOutPages(twenty);
}
