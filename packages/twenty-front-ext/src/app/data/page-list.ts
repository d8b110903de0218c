export interface PageList<Row> {
  readonly nodes: readonly Row[];
  readonly pageInfo: { readonly endCursor: string | null; readonly hasNextPage: boolean };
}

interface WithId {
  readonly id: string;
}

/**
 * Whether two pages belong to the same list: only where they begin may differ. Apollo hands an answer to the list that is
 * shown when it comes, which may be one of another filter by then.
 */
export function isSameList(asked: object | undefined, shown: object | undefined): boolean {
  return keyOf(asked) === keyOf(shown);
}

function keyOf(variables: object = {}): string {
  const named = Object.entries(variables).filter(
    ([name, value]) => name !== 'after' && value !== undefined,
  );
  return JSON.stringify(named.toSorted(([one], [other]) => (one < other ? -1 : 1)));
}

/** What is shown, with the next page after it. */
export function withNextPage<Row extends WithId, List extends PageList<Row>>(
  shown: List,
  next: List,
): List {
  const known = new Set(shown.nodes.map(({ id }) => id));
  return { ...next, nodes: [...shown.nodes, ...next.nodes.filter(({ id }) => !known.has(id))] };
}

/** Pages that are shown, with the first one read anew in place of the rows that it covers. */
export function withFirstPage<Row extends WithId, List extends PageList<Row>>(
  shown: List,
  first: List,
): List {
  const last = first.nodes.at(-1);
  // Nothing comes after it, or too much has happened since to know what does.
  if (last === undefined || !first.pageInfo.hasNextPage) return first;
  const at = shown.nodes.findIndex(({ id }) => id === last.id);
  if (at === -1 || at === shown.nodes.length - 1) return first;
  const fresh = new Set(first.nodes.map(({ id }) => id));
  const rest = shown.nodes.slice(at + 1).filter(({ id }) => !fresh.has(id));
  return { ...shown, nodes: [...first.nodes, ...rest] };
}

/** As many rows as are shown, all of them read anew. */
export async function readAnew<Row extends WithId, List extends PageList<Row>>(
  count: number,
  read: (after: string | null) => Promise<List>,
): Promise<List> {
  let list = await read(null);
  while (list.nodes.length < count && list.pageInfo.hasNextPage)
    list = withNextPage(list, await read(list.pageInfo.endCursor));
  return list;
}
