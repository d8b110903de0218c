interface Page<Row> {
  readonly nodes: readonly Row[];
  readonly pageInfo: { readonly endCursor: string | null; readonly hasNextPage: boolean };
}

/** Pages that are shown, with the first one read anew in place of the rows that it covers. */
export function withFirstPage<Row extends { readonly id: string }, List extends Page<Row>>(
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
