import { z } from 'zod';
import type { WriteRefusal } from '../../platform/records/index.ts';
import { RemoteFailure } from '../sync/index.ts';
import type { Links, RemoteChange } from '../sync/index.ts';
import type { AmocrmAccount } from './account.ts';
import { readAs } from './answers.ts';
import type { AmocrmAnswer } from './answers.ts';
import type { AmocrmClient } from './client.ts';
import { isMakIdGone, makIdIn } from './fields.ts';
import { leadsOf } from './lead-kinds.ts';
import type { Lead } from './lead-values.ts';
import type { OfficeLeadStep } from './office-lead-people.ts';
import { leadIdOf } from './office-lead-values.ts';
import { halves } from './row-writer.ts';
import type { Made, Making, Outcome } from './row-writer.ts';

/** A plain list. Several rows that amoCRM takes for the same have become one record. */
const madeSchema = z.array(
  z.object({
    id: z.int(),
    request_id: z.union([z.array(z.coerce.string()), z.coerce.string().transform((one) => [one])]),
    merged: z.boolean().default(false),
  }),
);

/** Where leads are made. */
export interface MakingPlace {
  readonly client: AmocrmClient;
  readonly account: AmocrmAccount;
  readonly links: Pick<Links, 'localIds' | 'remoteIds'>;
  readonly read: (ids: readonly string[]) => Promise<readonly Lead[]>;
  /** The account is not as it was when it was read. */
  readonly onChanged: () => void;
}

/** What is met there, of a change. */
export interface Met {
  readonly change: RemoteChange;
  readonly id: number;
}

/**
 * Leads are made with their contacts by one call, in which amoCRM may take one for a lead that is there: its control of
 * duplicates looks for the people of incoming leads, where the account has it on.
 */
export function makingOf(where: MakingPlace): Making<OfficeLeadStep> {
  return {
    path: 'leads/complex',
    read: madeBy,
    meet: (met, outcomes) =>
      meet(
        where,
        met.map(({ step, id }) => ({ change: step.change, id })),
        outcomes,
      ),
  };
}

function madeBy(answer: AmocrmAnswer): readonly Made[] {
  const rows = readAs(madeSchema, answer.kind === 'data' ? answer.data : undefined);
  return rows.flatMap(({ id, request_id, merged }) =>
    request_id.map((row, place) => ({ row: Number(row), id, isMet: merged || place > 0 })),
  );
}

/** One that is nobody's yet gets MaK's id. Others stay what they are. */
async function meet(
  where: MakingPlace,
  met: readonly Met[],
  outcomes: Map<RemoteChange, Outcome>,
): Promise<void> {
  if (met.length === 0) return;
  const leads = await where.read([...new Set(met.map(({ id }) => String(id)))]);
  const free = await freeOf(where, leads);
  const taken = new Set<number>();
  const adopted: Met[] = [];
  for (const one of met) {
    const isFree = free.some(({ lead, isFor }) => lead.id === one.id && isFor(one.change.localId));
    if (isFree && !taken.has(one.id)) adopted.push(one);
    else outcomes.set(one.change, { kind: 'refused', refusal: knownThere(one.id) });
    taken.add(one.id);
  }
  await adopt(where, adopted, outcomes);
}

/** A lead there that may become the one of a lead of MaK's. */
export interface FreeLead {
  readonly lead: Lead;
  readonly isFor: (localId: string) => boolean;
}

/** Those of these leads that are nobody's yet, or only of the very lead that is about to be made. */
export async function freeOf(
  { account, links }: Pick<MakingPlace, 'account' | 'links'>,
  leads: readonly Lead[],
): Promise<readonly FreeLead[]> {
  const ours = await leadsOf('office_lead', leads, account, links);
  const linked = await links.localIds(
    'office_lead',
    ours.map(({ id }) => String(id)),
  );
  return ours.flatMap((lead): FreeLead[] => {
    if (makIdIn(lead.custom_fields_values, account.makIdField) !== null) return [];
    const linkedWith = linked.get(String(lead.id)) ?? null;
    // A deal that amoCRM has written the id of a lead into is none.
    if (linkedWith === null && account.leads?.pipelines.has(lead.pipeline_id) !== true) return [];
    const own = [linkedWith, leadIdOf(lead, account)];
    const isFor = (localId: string): boolean => own.every((id) => id === null || id === localId);
    return [{ lead, isFor }];
  });
}

/**
 * Gives leads that are there MaK's ids; then both are read and brought together like two that always were. One that amoCRM does
 * not let us mark is refused alone.
 */
export async function adopt(
  where: MakingPlace,
  adopted: readonly Met[],
  outcomes: Map<RemoteChange, Outcome>,
): Promise<void> {
  if (adopted.length === 0) return;
  const { client, account, onChanged } = where;
  const answer = await client.ask({
    method: 'PATCH',
    path: 'leads',
    body: adopted.map(({ id, change }, index) => ({
      id,
      custom_fields_values: [
        { field_id: account.leadIdField ?? 0, values: [{ value: change.localId }] },
      ],
      request_id: String(index),
    })),
  });
  if (answer.kind !== 'refused') {
    for (const { change } of adopted) outcomes.set(change, { kind: 'moved' });
    return;
  }
  if (answer.rows.some(isMakIdGone)) {
    onChanged();
    throw new RemoteFailure(
      'unavailable',
      "Somebody has removed the custom field of the leads with MaK's id in amoCRM; MaK makes it anew.",
    );
  }
  const named = new Set(answer.rows.map(({ row }) => Number(row)));
  const isWrong = (index: number): boolean => named.has(index) || adopted.length === 1;
  for (const [index, { change, id }] of adopted.entries())
    if (isWrong(index)) outcomes.set(change, { kind: 'refused', refusal: knownThere(id) });
  const rest = adopted.filter((_one, index) => !isWrong(index));
  for (const part of rest.length < adopted.length ? [rest] : halves(rest))
    await adopt(where, part, outcomes);
}

function knownThere(id: number): WriteRefusal {
  return {
    code: 'lead_known_there',
    reason: `amoCRM's control of duplicates took it for its lead ${id}, which is another record of MaK's or not in a pipeline of leads. Merge the two in MaK, or change the control of duplicates there, and replay the dead letter.`,
    field: null,
  };
}
