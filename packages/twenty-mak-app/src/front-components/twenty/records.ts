import * as z from 'zod/mini';
import { Problem } from '../mak/problem.ts';
import { postAsMember } from './access-token.ts';

/** Asks twenty's own API as the person who looks. */
async function askTwenty<T>(
  query: string,
  variables: object,
  schema: z.ZodMiniType<T>,
): Promise<T> {
  const url = `${process.env['TWENTY_API_URL'] ?? ''}/graphql`;
  const answer = await postAsMember(url, { query, variables });
  const read = z.object({ data: schema }).safeParse(await answer.json().catch(() => null));
  if (!read.success)
    throw new Problem('twenty_refused', `twenty did not give the record (${answer.status}).`);
  return read.data.data;
}

const connectionsSchema = z.object({
  makConnections: z.object({
    edges: z.array(
      z.object({
        node: z.object({ makUrl: z.nullish(z.string()), tenantKey: z.nullish(z.string()) }),
      }),
    ),
  }),
});

/** How the workspace is connected to MaK; undefined when it is not. */
export async function readConnection() {
  const { makConnections } = await askTwenty(
    'query Connection { makConnections(first: 1) { edges { node { makUrl tenantKey } } } }',
    {},
    connectionsSchema,
  );
  return makConnections.edges[0]?.node;
}

const dealSchema = z.object({
  masterDeal: z.nullable(z.object({ makId: z.nullish(z.string()), name: z.nullish(z.string()) })),
});

/** A deal that MaK knows. */
export interface DealReference {
  readonly makId: string;
  readonly name: string;
}

/** The deal that a record of twenty shows; throws while the sync has not come to it yet. */
export async function dealOfRecord(recordId: string): Promise<DealReference> {
  const { masterDeal } = await askTwenty(
    'query Deal($id: UUID!) { masterDeal(filter: { id: { eq: $id } }) { makId name } }',
    { id: recordId },
    dealSchema,
  );
  const makId = masterDeal?.makId ?? '';
  if (makId === '') throw new Problem('not_synced', 'MaK does not know this deal yet.');
  return { makId, name: masterDeal?.name ?? '' };
}

const runsSchema = z.object({
  makSlaRuns: z.object({
    edges: z.array(
      z.object({
        node: z.object({
          openedAt: z.nullish(z.string()),
          dueAt: z.nullish(z.string()),
          masterDeal: z.nullish(z.object({ makId: z.nullish(z.string()) })),
        }),
      }),
    ),
  }),
});

/** An SLA run by what tells the runs of a deal apart for people. */
export interface RunReference {
  readonly dealId: string;
  readonly openedAt: string;
  readonly dueAt: string;
}

/** What the selected records of SLA runs stand for. */
export async function runsOfRecords(
  recordIds: readonly string[],
): Promise<readonly RunReference[]> {
  const { makSlaRuns } = await askTwenty(
    'query Runs($ids: [UUID!]) { makSlaRuns(filter: { id: { in: $ids } }) { edges { node { openedAt dueAt masterDeal { makId } } } } }',
    { ids: recordIds },
    runsSchema,
  );
  return makSlaRuns.edges.flatMap(({ node: { openedAt, dueAt, masterDeal } }) =>
    masterDeal?.makId && openedAt && dueAt ? [{ dealId: masterDeal.makId, openedAt, dueAt }] : [],
  );
}

const listedDealSchema = z.object({
  id: z.string(),
  name: z.nullish(z.string()),
  businessStage: z.nullish(z.string()),
  slaState: z.nullish(z.string()),
  slaDueAt: z.nullish(z.string()),
  outcome: z.nullish(z.string()),
  amount: z.nullish(
    z.object({
      amountMicros: z.nullish(z.union([z.string(), z.number()])),
      currencyCode: z.nullish(z.string()),
    }),
  ),
  stage: z.nullish(z.object({ name: z.nullish(z.string()) })),
});
export type ListedDeal = z.infer<typeof listedDealSchema>;

const dealsSchema = z.object({
  masterDeals: z.object({
    edges: z.array(z.object({ node: listedDealSchema })),
    totalCount: z.number(),
  }),
});

/** Open deals first, then the newest; at most fifty. */
export async function dealsOf(
  relation: 'companyId' | 'pointOfContactId',
  recordId: string,
): Promise<{ readonly deals: readonly ListedDeal[]; readonly total: number }> {
  const { masterDeals } = await askTwenty(
    `query Deals($id: UUID!) {
      masterDeals(filter: { ${relation}: { eq: $id } }, orderBy: [{ closedAt: DescNullsFirst }, { createdAt: DescNullsLast }], first: 50) {
        totalCount
        edges { node { id name businessStage slaState slaDueAt outcome amount { amountMicros currencyCode } stage { name } } }
      }
    }`,
    { id: recordId },
    dealsSchema,
  );
  return { deals: masterDeals.edges.map(({ node }) => node), total: masterDeals.totalCount };
}
