import { accept, refuse } from '../basics/index.ts';
import type { Decision, Instant } from '../basics/index.ts';
import type { DomainEvent, JsonObject } from '../deal-gates/index.ts';
import { isLine } from '../pipelines/names.ts';
import { decideUse } from './consent.ts';
import type { ConsentPolicy } from './consent.ts';
import type { Lead } from './lead.ts';
import { moveToKind } from './moves.ts';
import type { StatusChange } from './moves.ts';
import type { LeadSettings } from './settings.ts';

/** System name under which deals refer to their lead. */
export const LEAD_SYSTEM = 'mak-lead';

export interface ConversionOrder {
  /** Key of the pipeline. */
  readonly pipeline: string;
  /** Of the deal. Everybody who sees the deal sees it, so it is not taken from the contact. */
  readonly dealName: string;
  /** Who works on the deal. */
  readonly ownerId: string | null;
  readonly clientId: string | null;
  readonly at: Instant;
  readonly actorId: string | null;
}

export interface Conversion {
  readonly change: StatusChange;
  /** Makes the deal and starts its clock. */
  readonly event: DomainEvent;
}

/**
 * A lead becomes a deal: it moves to its end, and `lead.created` makes the deal at that time. A lead that was returned and
 * is converted again makes another deal. Refuses with the codes of `decideUse` and `moveToKind`, and `text_invalid` for the
 * name.
 */
export function convertLead(
  settings: LeadSettings,
  policy: ConsentPolicy,
  lead: Lead,
  { pipeline, dealName, ownerId, clientId, at, actorId }: ConversionOrder,
): Decision<Conversion> {
  if (!isLine(dealName))
    return refuse(
      'text_invalid',
      'A deal needs a name of 1 to 200 printable characters, without spaces at its ends.',
      'name',
    );
  const moved = moveToKind(settings, lead.last, 'converted', 'conversion', { at, actorId });
  if (!moved.ok) return moved;
  const change = moved.value;
  if (change === null)
    return refuse('lead_converted', 'The lead is a deal now; work goes on there.', 'status');
  const use = decideUse(lead.consent, 'convert', policy, at);
  if (!use.ok) return use;
  // A number of its own for each conversion, so that a repeat is known as one.
  const eventId = `${lead.id}:${change.number}`;
  return accept({
    change,
    event: {
      eventId,
      type: 'lead.created',
      version: 1,
      source: 'mak',
      occurredAt: at,
      masterDealId: null,
      externalRefs: [{ system: LEAD_SYSTEM, id: eventId }],
      correlationId: lead.id,
      data: dataOf(lead, { pipeline, name: dealName, owner_id: ownerId, client_id: clientId }),
    },
  });
}

function dataOf({ id, origin, fields, phones, emails }: Lead, deal: JsonObject): JsonObject {
  const { name, city, niche, legalForm, handling, amount } = fields;
  return present({
    ...deal,
    amount: amount.value?.amount,
    currency: amount.value?.currency,
    attributes: present({
      lead_id: id,
      // Not who brought it: everybody who sees the deal would see that, also who has bought the lead.
      source: origin.source,
      city: city.value,
      niche: niche.value,
      legal_form: legalForm.value,
      handling: handling.value,
    }),
    contact: present({
      id: `lead:${id}`,
      name: name.value,
      phones: phones.length === 0 ? null : phones.map(({ value }) => value),
      emails: emails.length === 0 ? null : emails.map(({ value }) => value),
    }),
  });
}

/** Without what is not known. */
function present(members: Readonly<Record<string, JsonObject[string] | undefined>>): JsonObject {
  return Object.fromEntries(
    Object.entries(members).filter(
      (member): member is [string, JsonObject[string]] =>
        member[1] !== undefined && member[1] !== null,
    ),
  );
}
