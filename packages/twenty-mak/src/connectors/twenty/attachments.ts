import { v5 as uuidv5 } from 'uuid';
import { z } from 'zod';
import type { WriteRefusal } from '../../platform/records/index.ts';
import type { IdentifiedRow } from './answers.ts';
import type { TwentyClient } from './client.ts';
import type { Attachment, TwentyEntity } from './entity-fields.ts';
import { record } from './field-kinds.ts';
import type { FieldKind, TwentyRow } from './field-kinds.ts';
import { attachMutation } from './queries.ts';

/** How our app calls the relation of an attachment to a deal. */
const DEAL = 'targetMasterDeal';
/** Makes the id of an attachment out of that of its record: however often one is made, it is there once. */
const NAMESPACE = '6d0a0d2c-3a57-4e0c-9d0e-3d2f6a1c7b45';

const attachedSchema = z.object({
  edges: z.array(
    z.object({
      node: z.object({
        id: z.string(),
        createdAt: z.string(),
        [DEAL]: z.object({ makId: z.string().nullish() }).nullish(),
      }),
    }),
  ),
});

interface AttachedDeal {
  /** Of the attachment. */
  readonly id: string;
  readonly deal: string;
}

const deal = record('deal');

/** The deal that a record is attached to; of several the first one. It is written by an attachment of its own. */
export const attachedDeal: FieldKind = {
  selection: (name) => `${name} { edges { node { id createdAt ${deal.selection(DEAL)} } } }`,
  read: (row, name) => attachedTo(row, name)?.deal ?? null,
  stored: deal.stored,
  write: () => ({}),
  reference: deal.reference,
};

function attachedTo(row: TwentyRow, name: string): AttachedDeal | null {
  const { edges } = attachedSchema.catch({ edges: [] }).parse(row[name]);
  const [first] = edges
    .map(({ node }) => node)
    .toSorted((one, other) => (one.createdAt < other.createdAt ? -1 : 1))
    .flatMap(({ id, [DEAL]: to }) => (to?.makId ? [{ id, deal: to.makId }] : []));
  return first ?? null;
}

/** Whether a record is any of our business, see `TwentyEntity.attached`. */
export function isOurs({ attached }: TwentyEntity, row: IdentifiedRow): boolean {
  if (attached === undefined || (row.makId ?? '') !== '') return true;
  return row.deletedAt == null && attachedTo(row, attached.plural) !== null;
}

/** Whether it says nothing yet, see `TwentyEntity.isBlank`. */
export function isBlank({ isBlank: says }: TwentyEntity, row: IdentifiedRow): boolean {
  return (row.makId ?? '') === '' && says?.(row) === true;
}

/** A record that has to hang on the deal that has this id in twenty. */
export interface WantedAttachment {
  readonly row: IdentifiedRow;
  readonly deal: string;
  readonly dealId: string;
}

/** Those that do not hang there yet. */
export function missingAttachments(
  { plural }: Attachment,
  wanted: readonly WantedAttachment[],
): readonly WantedAttachment[] {
  return wanted.filter(({ row, deal: makId }) => attachedTo(row, plural)?.deal !== makId);
}

/** Attaches records in one call, each to one deal of ours; gives why twenty does not take it. */
export async function attach(
  client: TwentyClient,
  attached: Attachment,
  wanted: readonly WantedAttachment[],
): Promise<WriteRefusal | null> {
  const data = wanted.map(({ row, dealId }) => ({
    id: attachedTo(row, attached.plural)?.id ?? uuidv5(row.id, NAMESPACE),
    [`${attached.owner}Id`]: row.id,
    [`${DEAL}Id`]: dealId,
  }));
  const answer = await client.ask('graphql', attachMutation(attached), { data });
  return answer.kind === 'refused' ? answer.refusal : null;
}
