import type { ImportDuplicates } from '../../imports/index.ts';
import { words } from '../contacts.ts';
import { clientWays, DUPLICATE, KNOWN_ID, OTHER_NAME, refKey } from './book.ts';
import type { ClientEntry } from './book.ts';
import type { ClientDraft } from './row.ts';

/** Which texts were met so far; a million rows must fit. */
export interface MetTexts {
  has(text: string): boolean;
  add(text: string): void;
}

/**
 * What would become of a draft in a dry run, from what the known clients say: a dry run enters nothing, and rows may repeat
 * others far before, which `met` remembers.
 */
export function foreseeClient(
  draft: ClientDraft,
  entry: ClientEntry,
  met: MetTexts,
  duplicates: ImportDuplicates,
): ClientEntry {
  const foreseen = entry.result === 'created' ? ofRepeat(draft, entry, met, duplicates) : entry;
  // A row that does not come in is no client that a later one could repeat.
  if (foreseen.result !== 'rejected') for (const text of textsOf(draft)) met.add(text);
  return foreseen;
}

function ofRepeat(
  draft: ClientDraft,
  entry: ClientEntry & { readonly clientId: string },
  met: MetTexts,
  duplicates: ImportDuplicates,
): ClientEntry {
  const merged = { ...entry, result: 'merged' as const };
  const isUpdate = duplicates === 'update';
  const { externalRef, name } = draft;
  if (externalRef !== null && met.has(`ref\n${refKey(externalRef)}`))
    return isUpdate ? merged : { result: 'rejected', refusal: KNOWN_ID };
  const byContact = contactTexts(draft).filter((text) => met.has(text));
  const byName = nameTexts(draft).some((text) =>
    // With an id of its own it repeats only those that have none.
    met.has(externalRef === null ? text : `${text}\nwithout id`),
  );
  if (byContact.length === 0 && !byName) return entry;
  if (!isUpdate) return { result: 'rejected', refusal: DUPLICATE };
  const isSame =
    byName || name === null || byContact.some((text) => met.has(`${text}\n${words(name)}`));
  return isSame ? merged : { result: 'rejected', refusal: OTHER_NAME };
}

function textsOf(draft: ClientDraft): readonly string[] {
  const { externalRef, name } = draft;
  const contact = contactTexts(draft);
  const ofName = nameTexts(draft);
  return [
    ...(externalRef === null ? ofName.map((text) => `${text}\nwithout id`) : []),
    ...(externalRef === null ? [] : [`ref\n${refKey(externalRef)}`]),
    ...ofName,
    ...contact,
    ...(name === null ? [] : contact.map((text) => `${text}\n${words(name)}`)),
  ];
}

function contactTexts({ kind, contact }: ClientDraft): readonly string[] {
  return clientWays(kind ?? 'company', null, [contact]);
}

function nameTexts({ kind, name }: ClientDraft): readonly string[] {
  return clientWays(kind ?? 'company', name, []);
}
