export const PRINTABLE_ASCII = /^[\x20-\x7e]{1,200}$/;
/** Without control characters and halves of surrogate pairs, which PostgreSQL cannot keep. */
export const PLAIN_TEXT = /^[^\p{Cc}\p{Cs}]{1,200}$/u;

/** Fields that `domain.stage.changed` cannot do without. */
const DOMAIN_STAGE = ['system', 'stage'] as const;

interface Fault {
  /** Of `data`. */
  readonly field: string;
  readonly rule: string;
}

/** What events of some types cannot do without. */
export function dataFault(type: string, data: Record<string, unknown>): Fault | undefined {
  switch (type) {
    case 'domain.stage.changed': {
      const field = DOMAIN_STAGE.find((name) => !matches(data[name], PLAIN_TEXT));
      const rule = 'has 1 to 200 characters without control characters';
      return field === undefined ? undefined : { field, rule };
    }
    case 'deal.note.edited':
      if (typeof data['text'] !== 'string' || data['text'] === '')
        return { field: 'text', rule: 'is what the note says now' };
      return noteFault(data);
    case 'deal.note.removed':
      return noteFault(data);
    default:
      return undefined;
  }
}

function noteFault({ note }: Record<string, unknown>): Fault | undefined {
  if (
    isObject(note) &&
    matches(note['source'], PRINTABLE_ASCII) &&
    matches(note['event_id'], PRINTABLE_ASCII)
  )
    return undefined;
  return { field: 'note', rule: 'is {source, event_id} of the event that added the note' };
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function matches(value: unknown, pattern: RegExp): value is string {
  return typeof value === 'string' && pattern.test(value);
}
