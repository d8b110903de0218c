import type { Json } from 'twenty-mak-domain';
import { z } from 'zod';
import { attachedDeal } from './attachments.ts';
import { both, into, out, restated } from './entity-fields.ts';
import type { Attachment, TwentyEntity } from './entity-fields.ts';
import { text } from './field-kinds.ts';
import type { FieldKind, TwentyRow } from './field-kinds.ts';

const ATTACHED: Attachment = { singular: 'noteTarget', plural: 'noteTargets', owner: 'note' };
/** Longest first line of a note that is a title, in characters. */
const LONGEST_TITLE = 120;
/** twenty keeps what people write while they write it, again and again. */
const PAUSE = 5_000;

const noteSchema = z.object({
  title: z.string().nullish(),
  bodyV2: z.object({ markdown: z.string().nullish() }).nullish(),
});
const actorSchema = z
  .object({ source: z.string().nullish(), name: z.string().nullish() })
  .nullish();

interface Parts {
  readonly title: string;
  readonly body: string;
}

/** MaK has a text; twenty has a title and a body. A short first line is the title. */
const noteText: FieldKind = {
  selection: (name) => `title ${name} { markdown }`,
  read: textOf,
  stored: (value) => joined(partsOf(value)),
  write: (value, name) => {
    const { title, body } = partsOf(value);
    return { title, [name]: { markdown: body, blocknote: null } };
  },
  reference: () => null,
};

/** Whoever wrote it there; of what programs write nobody is named. */
const author: FieldKind = {
  selection: (name) => `${name} { source name }`,
  read: (row, name) => {
    const actor = actorSchema.parse(row[name]);
    return actor?.source === 'MANUAL' ? (actor.name ?? null) : null;
  },
  stored: (value) => value,
  write: () => ({}),
  reference: () => null,
};

/** What is removed lies in the bin. */
const removed: FieldKind = {
  selection: (name) => name,
  read: (row, name) => row[name] != null,
  stored: (value) => value,
  write: (value, name) => ({ [name]: value === true ? new Date().toISOString() : null }),
  reference: () => null,
};

/** Notes of deals, in twenty's own object. */
export const NOTE: TwentyEntity = {
  name: 'note',
  singular: 'note',
  plural: 'notes',
  createsInMak: true,
  attached: ATTACHED,
  pause: PAUSE,
  // People write of people.
  personal: ['text', 'author'],
  // A page of twenty makes a note before anything is written into it.
  isBlank: (row) => textOf(row) === null,
  fields: [
    out('id', 'makId', text),
    both('deal', ATTACHED.plural, attachedDeal),
    both('text', 'bodyV2', noteText),
    into('author', 'createdBy', author),
    restated(both('removed', 'deletedAt', removed), 'text'),
  ],
};

function textOf(row: TwentyRow): string | null {
  const { title, bodyV2 } = noteSchema.parse(row);
  return joined({ title: (title ?? '').trim(), body: (bodyV2?.markdown ?? '').trim() });
}

function partsOf(value: Json): Parts {
  const whole = typeof value === 'string' ? value.trim() : '';
  const [title = '', ...rest] = whole.split('\n');
  return title.length > LONGEST_TITLE
    ? { title: '', body: whole }
    : { title: title.trim(), body: rest.join('\n').trim() };
}

function joined({ title, body }: Parts): string | null {
  const whole = [title, body].filter((part) => part !== '').join('\n\n');
  return whole === '' ? null : whole;
}
