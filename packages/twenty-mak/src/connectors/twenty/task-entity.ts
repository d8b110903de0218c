import { z } from 'zod';
import { attachedDeal } from './attachments.ts';
import { both, out } from './entity-fields.ts';
import type { Attachment, TwentyEntity } from './entity-fields.ts';
import { instant, member, text } from './field-kinds.ts';
import type { FieldKind } from './field-kinds.ts';

const ATTACHED: Attachment = { singular: 'taskTarget', plural: 'taskTargets', owner: 'task' };

const statusSchema = z.object({ status: z.string().nullish(), deletedAt: z.string().nullish() });

/** Whoever works on a task in twenty has not done it yet; what nobody has to do any more lies in the bin. */
const status: FieldKind = {
  selection: (name) => `${name} deletedAt`,
  read: (row) => {
    const read = statusSchema.parse(row);
    if (read.deletedAt != null) return 'cancelled';
    return read.status === 'DONE' ? 'done' : 'open';
  },
  stored: (value) => value,
  write: (value, name) =>
    value === 'cancelled'
      ? { deletedAt: new Date().toISOString() }
      : { [name]: value === 'done' ? 'DONE' : 'TODO', deletedAt: null },
  reference: () => null,
};

/** Tasks of deals, in twenty's own object. */
export const TASK: TwentyEntity = {
  name: 'task',
  singular: 'task',
  plural: 'tasks',
  createsInMak: true,
  attached: ATTACHED,
  fields: [
    out('id', 'makId', text),
    both('deal', ATTACHED.plural, attachedDeal),
    both('title', 'title', text),
    both('due_at', 'dueAt', instant),
    both('status', 'status', status),
    both('assignee', 'assignee', member),
  ],
};
