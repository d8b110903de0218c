import type { Refusal } from '../../basics/index.ts';
import type { ImportDuplicates } from '../../imports/index.ts';
import { words } from '../contacts.ts';
import { DUPLICATE, KNOWN_ID, OTHER_NAME } from './book.ts';
import type { MetClients } from './book.ts';
import { clientWays, refKey } from './imported-client.ts';
import type { ClientDraft } from './row.ts';

/** Which texts were met so far; those of a million rows must fit. */
export interface MetTexts {
  has(text: string): boolean;
  add(text: string): void;
}

/** The clients of earlier batches of a dry run, by texts that say who they are. */
export function metClients(texts: MetTexts, duplicates: ImportDuplicates): MetClients {
  return {
    find: (draft) => findMet(draft, texts, duplicates),
    add: (draft) => {
      for (const text of textsOf(draft)) texts.add(text);
    },
  };
}

function findMet(
  draft: ClientDraft,
  met: MetTexts,
  duplicates: ImportDuplicates,
): 'new' | 'merged' | Refusal {
  const { externalRef, name } = draft;
  const isUpdate = duplicates === 'update';
  if (externalRef !== null && met.has(refText(externalRef))) return isUpdate ? 'merged' : KNOWN_ID;
  // With an id of its own a row means only who has none.
  const mayBe = (text: string): boolean =>
    met.has(text) && (externalRef === null || !met.has(withId(text)));
  const byContact = contactTexts(draft).filter((text) => (isUpdate ? mayBe(text) : met.has(text)));
  const byName = nameTexts(draft).some(mayBe);
  if (byContact.length === 0 && !byName) return 'new';
  if (!isUpdate) return DUPLICATE;
  const isSame =
    byName || name === null || byContact.some((text) => met.has(namedText(text, name)));
  return isSame ? 'merged' : OTHER_NAME;
}

function textsOf(draft: ClientDraft): readonly string[] {
  const { externalRef, name } = draft;
  const [contact, ofName] = [contactTexts(draft), nameTexts(draft)];
  const ways = [...ofName, ...contact];
  return [
    ...ways,
    ...(externalRef === null ? [] : [refText(externalRef), ...ways.map(withId)]),
    ...(name === null ? [] : contact.map((text) => namedText(text, name))),
  ];
}

function refText(ref: NonNullable<ClientDraft['externalRef']>): string {
  return `ref\n${refKey(ref)}`;
}

function withId(text: string): string {
  return `${text}\nwith id`;
}

function namedText(text: string, name: string): string {
  return `${text}\n${words(name)}`;
}

function contactTexts({ kind, contact }: ClientDraft): readonly string[] {
  return clientWays(kind ?? 'company', null, [contact]);
}

function nameTexts({ kind, name }: ClientDraft): readonly string[] {
  return clientWays(kind ?? 'company', name, []);
}
