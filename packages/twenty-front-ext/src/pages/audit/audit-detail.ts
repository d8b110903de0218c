export interface DetailLine {
  readonly key: string;
  readonly text: string;
}

/** The detail of an entry line by line; what says nothing is left out. */
export function detailLines(detail: unknown): DetailLine[] {
  if (typeof detail !== 'object' || detail === null) return [];
  return Object.entries(detail).flatMap(([key, value]) => {
    const text = textOf(value);
    return text === '' ? [] : [{ key, text }];
  });
}

function textOf(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (Array.isArray(value)) return value.map(textOf).join(', ');
  if (typeof value === 'string') return value;
  return JSON.stringify(value);
}
