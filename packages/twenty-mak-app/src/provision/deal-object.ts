import * as z from 'zod/mini';

/** Asks twenty's `/metadata` with an API key; gives `data` of the answer and throws when there are errors. */
export type AskMetadata = (query: string, variables: object) => Promise<unknown>;

const objectsSchema = z.object({
  objects: z.object({
    edges: z.array(
      z.object({
        node: z.object({
          id: z.string(),
          nameSingular: z.string(),
          fieldsList: z.array(z.object({ id: z.string(), name: z.string() })),
        }),
      }),
    ),
  }),
});

/** The object of deals as this workspace knows it; ids differ between workspaces. */
export interface DealObject {
  readonly id: string;
  /** Id of a field by its name. Throws when the installed app does not have it. */
  readonly field: (name: string) => string;
}

/** Throws when the app is not installed. */
export async function findDealObject(ask: AskMetadata): Promise<DealObject> {
  const answer = await ask(
    '{ objects(paging: { first: 1000 }) { edges { node { id nameSingular fieldsList { id name } } } } }',
    {},
  );
  const nodes = objectsSchema.parse(answer).objects.edges.map(({ node }) => node);
  const deal = nodes.find(({ nameSingular }) => nameSingular === 'masterDeal');
  if (deal === undefined) throw new Error('The MaK app is not installed in this workspace.');
  return {
    id: deal.id,
    field: (name) => {
      const id = deal.fieldsList.find((field) => field.name === name)?.id;
      if (id === undefined)
        throw new Error(`The installed MaK app has no field masterDeal.${name}.`);
      return id;
    },
  };
}
