import { z } from 'zod';
import type { TwentyClient } from '../twenty-client.ts';
import type { DealFacts, RunFacts } from './facts.ts';
import { DEAL_FIELDS, dealSchema, factsOf, RUN_FIELDS, runOf, runSchema } from './twenty-facts.ts';
import { TwentyMarket } from './twenty-market.ts';
import { TwentyRecords } from './twenty-records.ts';

const PAGE = 200;
/** Also what lies in the bin. */
export const EVERY_RECORD = {
  or: [{ deletedAt: { is: 'NULL' } }, { deletedAt: { is: 'NOT_NULL' } }],
};

const pageSchema = z.object({ hasNextPage: z.boolean(), endCursor: z.string().nullish() });
const membersSchema = z.object({
  workspaceMembers: z.object({
    edges: z.array(
      z.object({ node: z.object({ id: z.string(), userEmail: z.string().nullish() }) }),
    ),
  }),
});

/** What a person edits of a deal in twenty. */
export interface TwentyEdit {
  readonly name?: string;
  /** In hundredths. */
  readonly amount?: number;
  /** E-mail address. */
  readonly owner?: string;
}

export interface Member {
  readonly id: string;
  readonly email: string;
}

/** The records of the trial in a workspace of twenty, as its people see them. */
export class TwentySide {
  /** Whether MaK can tell who edits from itself. */
  readonly hasPerson: boolean;
  readonly records: TwentyRecords;
  readonly market: TwentyMarket;
  private readonly client: TwentyClient;
  private readonly editor: TwentyClient;
  /** Begins the name of everything that the trial makes. */
  private readonly mark: string;
  private members: readonly Member[] = [];
  private pipelines: readonly string[] = [];

  /** `editor` is who edits deals; null: the same key. */
  constructor(client: TwentyClient, mark: string, editor: TwentyClient | null) {
    this.client = client;
    this.editor = editor ?? client;
    this.records = new TwentyRecords(client, this.editor);
    this.market = new TwentyMarket(client, mark);
    this.hasPerson = editor !== null;
    this.mark = mark;
  }

  /** Some people of the workspace. */
  async readMembers(most: number): Promise<readonly Member[]> {
    const { workspaceMembers } = await this.client.records(
      'query Members($first: Int) { workspaceMembers(first: $first) { edges { node { id userEmail } } } }',
      { first: most },
      membersSchema,
    );
    this.members = workspaceMembers.edges.flatMap(({ node: { id, userEmail } }) =>
      userEmail ? [{ id, email: userEmail.toLowerCase() }] : [],
    );
    return this.members;
  }

  /** Deals of these pipelines are of the trial, whatever they are called. */
  async usePipelines(makIds: readonly string[]): Promise<void> {
    const found = await this.all(
      'makPipelines',
      'MakPipeline',
      'id',
      z.object({ id: z.string() }),
      {
        makId: { in: makIds },
      },
    );
    this.pipelines = found.map(({ id }) => id);
  }

  /** Gives the id there. */
  async makeDeal(edit: TwentyEdit): Promise<string> {
    const { made } = await this.editor.records(
      'mutation Make($data: [MasterDealCreateInput!]!) { made: createMasterDeals(data: $data) { id } }',
      { data: [this.inputOf(edit)] },
      z.object({ made: z.tuple([z.object({ id: z.string() })]) }),
    );
    return made[0].id;
  }

  /** `id` is that of the record there. */
  async edit(id: string, edit: TwentyEdit): Promise<void> {
    await this.editor.records(
      `mutation Edit($filter: MasterDealFilterInput!, $data: MasterDealUpdateInput!) {
         updateMasterDeals(filter: $filter, data: $data) { id } }`,
      { filter: { id: { eq: id } }, data: this.inputOf(edit) },
      z.unknown(),
    );
  }

  /** All deals of the trial by their id in MaK; those without one by none. */
  async deals(): Promise<ReadonlyMap<string, DealFacts>> {
    const nodes = await this.dealNodes();
    const runs = await this.runs(nodes.map(({ id }) => id));
    return new Map(
      nodes.map((node) => [node.makId ?? '', factsOf(node, runs.get(node.makId ?? '') ?? [])]),
    );
  }

  /** Ids of the records of deals by their ids in MaK. */
  async ids(): Promise<ReadonlyMap<string, string>> {
    const nodes = await this.dealNodes();
    return new Map(nodes.map(({ id, makId }) => [makId ?? '', id]));
  }

  private async dealNodes(): Promise<readonly z.output<typeof dealSchema>[]> {
    return this.all('masterDeals', 'MasterDeal', DEAL_FIELDS, dealSchema, {
      or: [{ name: { like: `${this.mark}%` } }, { pipelineId: { in: this.pipelines } }],
    });
  }

  private async runs(deals: readonly string[]): Promise<ReadonlyMap<string, RunFacts[]>> {
    const runs = new Map<string, RunFacts[]>();
    for (let start = 0; start < deals.length; start += PAGE) {
      const filter = { masterDealId: { in: deals.slice(start, start + PAGE) } };
      for (const run of await this.all('makSlaRuns', 'MakSlaRun', RUN_FIELDS, runSchema, filter)) {
        const deal = run.masterDeal?.makId ?? '';
        runs.set(deal, [...(runs.get(deal) ?? []), runOf(run)]);
      }
    }
    return runs;
  }

  private async all<Node>(
    plural: string,
    type: string,
    fields: string,
    schema: z.ZodType<Node>,
    filter: object,
  ): Promise<readonly Node[]> {
    const found: Node[] = [];
    const answers = z.object({
      found: z.object({ edges: z.array(z.object({ node: schema })), pageInfo: pageSchema }),
    });
    for (let after: string | null = null; ;) {
      const page: z.output<typeof answers> = await this.client.records(
        `query All($filter: ${type}FilterInput, $after: String) { found: ${plural}(filter: $filter, first: ${PAGE}, after: $after) {
           edges { node { ${fields} } } pageInfo { hasNextPage endCursor } } }`,
        { filter, after },
        answers,
      );
      found.push(...page.found.edges.map(({ node }) => node));
      if (!page.found.pageInfo.hasNextPage) return found;
      after = page.found.pageInfo.endCursor ?? null;
    }
  }

  private inputOf({ name, amount, owner }: TwentyEdit): object {
    const member = this.members.find(({ email }) => email === owner)?.id;
    return {
      ...(name === undefined ? {} : { name }),
      ...(amount === undefined
        ? {}
        : { amount: { amountMicros: amount * 10_000, currencyCode: 'EUR' } }),
      ...(member === undefined ? {} : { ownerId: member }),
    };
  }
}
