import type { Values } from 'twenty-mak-domain';
import { expect } from 'vitest';
import type { RemoteChange, Written } from '../../src/connectors/sync/ports.ts';
import type { TwentyClient } from '../../src/connectors/twenty/client.ts';

/** Every record of a run carries this, so that a real workspace is left as it was. */
export const RUN = `contract-${Date.now().toString(36)}`;

/** A record that does not exist yet. */
export function fresh(localId: string, values: Values = {}): RemoteChange {
  return { remoteId: null, localId: `${RUN}/${localId}`, values, version: null };
}

/** Fails the test unless it was written. */
export function written(
  outcome: Written<string, string> | undefined,
): Extract<Written<string, string>, { kind: 'written' }> {
  if (outcome?.kind !== 'written') expect.fail(`not written: ${JSON.stringify(outcome)}`);
  return outcome;
}

/** What the API says to a question of the suite itself. Fails the test when it refuses. */
export async function told(
  client: TwentyClient,
  query: string,
  variables: object,
): Promise<unknown> {
  const answer = await client.ask('graphql', query, variables);
  if (answer.kind === 'refused') expect.fail(answer.refusal.reason);
  return answer.data;
}

/** A person edits a deal there. */
export async function edit(client: TwentyClient, id: string, data: object): Promise<void> {
  await told(
    client,
    `mutation Edit($filter: MasterDealFilterInput!, $data: MasterDealUpdateInput!) {
      updateMasterDeals(filter: $filter, data: $data) { id }
    }`,
    { filter: { id: { eq: id } }, data },
  );
}

/** A person puts a deal into the bin. */
export async function bin(client: TwentyClient, id: string): Promise<void> {
  await told(client, 'mutation Bin($id: UUID!) { deleteMasterDeal(id: $id) { id } }', { id });
}

/** For good, the bin included. */
export async function destroy(client: TwentyClient, filter: object): Promise<void> {
  await told(
    client,
    'mutation Destroy($filter: MasterDealFilterInput!) { destroyMasterDeals(filter: $filter) { id } }',
    { filter },
  );
}

/** Everything that the run has made. */
export async function destroyRun(client: TwentyClient): Promise<void> {
  await destroy(client, { makId: { like: `${RUN}%` } });
  for (const [plural, singular] of [
    ['People', 'Person'],
    ['Companies', 'Company'],
    ['MakStages', 'MakStage'],
    ['MakPipelines', 'MakPipeline'],
  ])
    await told(
      client,
      `mutation Destroy($filter: ${singular}FilterInput!) { destroy${plural}(filter: $filter) { id } }`,
      { filter: { makId: { like: `${RUN}%` } } },
    );
}
