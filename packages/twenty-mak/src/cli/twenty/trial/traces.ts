import { removePipelineBoards } from 'twenty-mak-app/provision';
import { z } from 'zod';
import { findApp } from '../application.ts';
import { readConnection, writeConnection } from '../connection.ts';
import type { Connection } from '../connection.ts';
import { findWebhooks, removeWebhooks } from '../records.ts';
import type { TwentyClient } from '../twenty-client.ts';
import { takeOutPages } from '../uninstall.ts';
import { RECORDS_ONLY } from '../versions.ts';
import { clearDeals, clearing, clearMarket, destroyAll } from './clearing.ts';

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
  /** Begins the name of everything that the trial makes. */
  readonly mark: string;
  /** Ids of the pipelines in MaK. */
  pipelines: readonly string[];
  /** Where twenty told of changes. */
  readonly webhook: string;
}

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
  const { find, destroy } = clearing(twenty);
  const own =
    pipelines.length === 0
      ? []
      : await find('makPipelines', 'MakPipeline', { makId: { in: pipelines } });
  await clearMarket(twenty, mark);
  await clearDeals(twenty, mark, own);
  // What was made, and the trial ended before it hung on a deal.
  await destroyAll(twenty, 'tasks', 'Task', { title: { like: `${mark}%` } });
  await destroyAll(twenty, 'notes', 'Note', { title: { like: `${mark}%` } });
  await destroyAll(twenty, 'opportunities', 'Opportunity', { name: { like: `${mark}%` } });
  await destroyAll(twenty, 'people', 'Person', { name: { lastName: { like: `${mark}%` } } });
  if (own.length > 0) {
    await removePipelineBoards(
      (query, variables) => twenty.metadata(query, variables, z.unknown()),
      own,
    );
    await destroy('makStages', 'MakStage', { pipelineId: { in: own } });
    await destroy('makPipelines', 'MakPipeline', { id: { in: own } });
  }
  if (before.connection !== null) await writeConnection(twenty, before.connection);
  else if (before.hasApp)
    await destroy('makConnections', 'MakConnection', { makId: { eq: 'mak' } });
  if (!before.hasApp) await takeOutPages(twenty);
}
