import { z } from 'zod';
import type { TwentyClient } from '../twenty-client.ts';
import { EVERY_RECORD } from './twenty-side.ts';

const foundSchema = z.object({
  found: z.object({
    edges: z.array(z.object({ node: z.object({ id: z.string() }) })),
  }),
});
/** By their own names: twenty answers a field of a record under its own name, whatever a query calls it. */
const namedSchema = z.object({
  found: z.object({
    edges: z.array(z.object({ node: z.record(z.string(), z.string().nullish()) })),
  }),
});

export interface Clearing {
  /** Ids of at most 200 records, the bin too. */
  readonly find: (plural: string, type: string, filter: object) => Promise<readonly string[]>;
  readonly destroy: (plural: string, type: string, filter: object) => Promise<void>;
}

export function clearing(twenty: TwentyClient): Clearing {
  return {
    find: async (plural, type, filter) => {
      const { found } = await twenty.records(
        `query Traces($filter: ${type}FilterInput) { found: ${plural}(filter: $filter, first: 200) { edges { node { id } } } }`,
        { filter: { and: [EVERY_RECORD, filter] } },
        foundSchema,
      );
      return found.edges.map(({ node }) => node.id);
    },
    destroy: async (plural, type, filter) => {
      const operation = `destroy${plural.charAt(0).toUpperCase()}${plural.slice(1)}`;
      await twenty.records(
        `mutation Clear($filter: ${type}FilterInput!) { ${operation}(filter: $filter) { id } }`,
        { filter },
        z.unknown(),
      );
    },
  };
}

/** Destroys every record that fits, also those in the bin. */
export async function destroyAll(
  twenty: TwentyClient,
  plural: string,
  type: string,
  filter: object,
): Promise<void> {
  const { find, destroy } = clearing(twenty);
  for (;;) {
    const ids = await find(plural, type, filter);
    if (ids.length === 0) return;
    await destroy(plural, type, { id: { in: ids } });
  }
}

/** Opportunities that people made meanwhile became deals of the trial; they are theirs alone again. */
async function release(twenty: TwentyClient, deals: readonly string[]): Promise<void> {
  const named = await twenty.records(
    `query Named($filter: MasterDealFilterInput) {
       found: masterDeals(filter: $filter, first: 200) { edges { node { opportunityId } } } }`,
    { filter: { and: [EVERY_RECORD, { id: { in: deals } }] } },
    namedSchema,
  );
  const ids = recordsOf(named);
  if (ids.length === 0) return;
  await twenty.records(
    `mutation Release($filter: OpportunityFilterInput!, $data: OpportunityUpdateInput!) {
       updateOpportunities(filter: $filter, data: $data) { id } }`,
    { filter: { id: { in: ids } }, data: { makId: null } },
    z.unknown(),
  );
}

function recordsOf({ found }: z.output<typeof namedSchema>): readonly string[] {
  return found.edges.flatMap(({ node }) => Object.values(node).filter((id) => id != null));
}

/** Destroys what the trial has of the trade in leads. Lots are called like where their leads are, so leads lead to them. */
export async function clearMarket(twenty: TwentyClient, mark: string): Promise<void> {
  const { find, destroy } = clearing(twenty);
  const named = { name: { like: `${mark}%` } };
  for (;;) {
    const leads = await find('makLeads', 'MakLead', named);
    if (leads.length === 0) break;
    const lots = await find('makLeadAuctions', 'MakLeadAuction', { leadId: { in: leads } });
    if (lots.length > 0) {
      await destroyAll(twenty, 'makBids', 'MakBid', { auctionId: { in: lots } });
      await destroy('makLeadAuctions', 'MakLeadAuction', { id: { in: lots } });
    }
    await destroy('makLeads', 'MakLead', { id: { in: leads } });
  }
  await destroyAll(twenty, 'makFranchisees', 'MakFranchisee', named);
  await destroyAll(twenty, 'makPartners', 'MakPartner', named);
}

/** Destroys the deals of the trial with all that hangs on them; `pipelines` are ids of records. */
export async function clearDeals(
  twenty: TwentyClient,
  mark: string,
  pipelines: readonly string[],
): Promise<void> {
  const { find, destroy } = clearing(twenty);
  const named = { name: { like: `${mark}%` } };
  // twenty refuses a list of nothing.
  const ofTrial =
    pipelines.length === 0 ? named : { or: [named, { pipelineId: { in: pipelines } }] };
  for (;;) {
    const deals = await find('masterDeals', 'MasterDeal', ofTrial);
    if (deals.length === 0) return;
    await release(twenty, deals);
    await destroyAll(twenty, 'makSlaRuns', 'MakSlaRun', { masterDealId: { in: deals } });
    await destroyAttached(twenty, 'note', deals);
    await destroyAttached(twenty, 'task', deals);
    await destroy('masterDeals', 'MasterDeal', { id: { in: deals } });
  }
}

/** Notes or tasks go with the deals that they hang on, also those that events of the trial brought. */
async function destroyAttached(
  twenty: TwentyClient,
  singular: 'note' | 'task',
  deals: readonly string[],
): Promise<void> {
  const { destroy } = clearing(twenty);
  const type = singular === 'note' ? 'Note' : 'Task';
  const filter = { and: [EVERY_RECORD, { targetMasterDealId: { in: deals } }] };
  for (;;) {
    const named = await twenty.records(
      `query Attached($filter: ${type}TargetFilterInput) {
         found: ${singular}Targets(filter: $filter, first: 200) { edges { node { ${singular}Id } } } }`,
      { filter },
      namedSchema,
    );
    const ids = recordsOf(named);
    if (ids.length === 0) return;
    // Their places on deals go first: nothing says that they go along.
    await destroy(`${singular}Targets`, `${type}Target`, { [`${singular}Id`]: { in: ids } });
    await destroy(`${singular}s`, type, { id: { in: ids } });
  }
}
