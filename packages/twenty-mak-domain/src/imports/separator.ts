/** What stands between the cells of a row, the commonest first. */
export const SEPARATORS = [',', ';', '\t', '|'] as const;
export type Separator = (typeof SEPARATORS)[number];

/**
 * What separates the cells, from the first lines of a file; `whole` says that they are all of it. It is what gives most
 * rows as many cells as the first one, and of those what gives most cells. A comma when there is one column only.
 */
export function detectSeparator(sample: string, whole: boolean): Separator {
  let best: { separator: Separator; even: number; cells: number } | null = null;
  for (const separator of SEPARATORS) {
    const counts = cellCounts(sample, separator, whole);
    const [cells = 1] = counts;
    if (cells === 1) continue;
    const even = counts.filter((count) => count === cells).length / counts.length;
    if (best === null || even > best.even || (even === best.even && cells > best.cells))
      best = { separator, even, cells };
  }
  return best?.separator ?? ',';
}

/** How many cells each row has; what stands in quotes neither separates cells nor ends a row. */
function cellCounts(text: string, separator: Separator, whole: boolean): readonly number[] {
  const counts: number[] = [];
  let cells = 1;
  let quoted = false;
  let empty = true;
  for (const character of text) {
    if (character === '"') quoted = !quoted;
    if (!quoted && (character === '\n' || character === '\r')) {
      if (!empty) counts.push(cells);
      cells = 1;
      empty = true;
      continue;
    }
    if (!quoted && character === separator) cells += 1;
    empty = false;
  }
  // A row that the sample cuts says nothing, unless it is the only one.
  if (!empty && (whole || counts.length === 0)) counts.push(cells);
  return counts;
}
