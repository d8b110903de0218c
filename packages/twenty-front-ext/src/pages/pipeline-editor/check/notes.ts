import type { Finding, Refusal } from 'twenty-mak-domain';

/** One thing that the check found, wherever it was found. */
export interface Note extends Refusal {
  readonly severity: Finding['severity'];
  readonly example?: Finding['example'];
}

export function notesOf(
  refusals: readonly Refusal[],
  findings: readonly Finding[],
): readonly Note[] {
  return [...refusals.map((one): Note => ({ ...one, severity: 'error' })), ...findings];
}

/** Those about this member or something inside it. */
export function notesAt(notes: readonly Note[], field: string): readonly Note[] {
  return notes.filter(
    (note) => note.field === field || note.field?.startsWith(`${field}.`) === true,
  );
}

/** The worst there is; null when there is nothing but information. */
export function worst(notes: readonly Note[]): 'error' | 'warning' | null {
  if (notes.some(({ severity }) => severity === 'error')) return 'error';
  return notes.some(({ severity }) => severity === 'warning') ? 'warning' : null;
}
