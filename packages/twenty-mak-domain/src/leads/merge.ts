import { accept, compareBytewise, refuse } from '../basics/index.ts';
import type { Decision, Instant } from '../basics/index.ts';
import { laterConsent } from './consent.ts';
import { isHeld } from './duplicates.ts';
import type { Lead, LeadFields, LeadOrigin, Stamped } from './lead.ts';

export interface LeadMerge {
  /** The lead that stays, with what both knew. */
  readonly survivor: Lead;
  /** The lead that goes; everything that names it names the survivor from then on. Null when it is in already. */
  readonly absorbedId: string | null;
}

/** What a person who has looked at both leads wants otherwise than by the rules. */
export interface MergeChoice {
  /** The lead that stays. */
  readonly survivorId?: string | undefined;
  /** Of a field the lead whose value holds. */
  readonly values?: Partial<Readonly<Record<keyof LeadFields, string | undefined>>>;
  /** When it was chosen; the values count as set then. */
  readonly at: Instant;
}

/**
 * Makes one lead of two. Without a choice it does not matter which is named first, nor in which order several are merged, nor whether it is
 * done twice:
 *
 * - The one that others count on (on auction, sold, given out, a deal) stays, else one that is not rejected, else the older
 *   one; with it its status.
 * - Of a field the value that was set last holds; no value never wins over one. The partner who brought it first stays.
 * - Numbers, addresses, external ids and histories of both are kept.
 * - Of consents the later answer holds.
 *
 * Of these rules a choice may say otherwise who stays, as long as nobody counts on the other one, and which value holds.
 *
 * Refuses with `merge_with_itself`, `both_bound` when others count on both, `survivor_not_free` when others count on the
 * one that would go, or `not_of_these` when the choice names another lead.
 */
export function mergeLeads(
  left: Lead,
  right: Lead,
  choice: MergeChoice | null = null,
): Decision<LeadMerge> {
  if (left.id === right.id)
    return refuse('merge_with_itself', 'Choose two leads; this is one.', 'leads');
  for (const [whole, part] of [
    [left, right],
    [right, left],
  ] as const)
    if (whole.absorbed.includes(part.id)) return accept({ survivor: whole, absorbedId: null });
  if (isTaken(left) && isTaken(right))
    return refuse(
      'both_bound',
      'Both leads are on auction, sold, given out or a deal already. Keep both, or end one of them first.',
      'leads',
    );
  const named = [choice?.survivorId, ...Object.values(choice?.values ?? {})];
  if (named.some((id) => id !== undefined && id !== left.id && id !== right.id))
    return refuse('not_of_these', 'What stays is of one of the two leads.', 'values');
  const wanted = choice?.survivorId;
  const isLeft = wanted === undefined ? survives(left, right) < 0 : wanted === left.id;
  const [stays, goes] = isLeft ? [left, right] : [right, left];
  if (isTaken(goes))
    return refuse(
      'survivor_not_free',
      'The other lead is on auction, sold, given out or a deal, so it is the one that stays.',
      'survivor',
    );
  return accept({
    survivor: {
      id: stays.id,
      createdAt: stays.createdAt,
      origin: earlier(stays.origin, goes.origin),
      fields: chosenFields(stays, goes, choice),
      phones: mergeWays(stays.phones, goes.phones),
      emails: mergeWays(stays.emails, goes.emails),
      externalRefs: union(
        [...stays.externalRefs, ...goes.externalRefs],
        ({ system, id }) => `${system}\n${id}`,
      ),
      consent:
        stays.consent === null || goes.consent === null
          ? (stays.consent ?? goes.consent)
          : laterConsent(stays.consent, goes.consent),
      buyerId: stays.buyerId,
      last: stays.last,
      history: union(
        [...stays.history, ...goes.history],
        ({ leadId, number }) => `${leadId}\n${number}`,
      ).toSorted(
        (one, other) =>
          one.at - other.at ||
          compareBytewise(one.leadId, other.leadId) ||
          one.number - other.number,
      ),
      absorbed: union([...stays.absorbed, goes.id, ...goes.absorbed], (id) => id),
    },
    absorbedId: goes.id,
  });
}

/** Negative when the left one stays. */
function survives(left: Lead, right: Lead): number {
  return (
    worth(right) - worth(left) ||
    left.createdAt - right.createdAt ||
    compareBytewise(left.id, right.id)
  );
}

function worth(lead: Lead): number {
  if (isTaken(lead)) return 2;
  return lead.last.kind === 'rejected' ? 0 : 1;
}

function isTaken({ last, buyerId }: Lead): boolean {
  return isHeld({ kind: last.kind, buyerId });
}

function earlier(left: LeadOrigin, right: LeadOrigin): LeadOrigin {
  return (left.at - right.at || compareBytewise(left.leadId, right.leadId)) <= 0 ? left : right;
}

function chosenFields(stays: Lead, goes: Lead, choice: MergeChoice | null): LeadFields {
  const ruled = mergeFields(stays.fields, goes.fields);
  if (choice === null) return ruled;
  const { values = {}, at } = choice;
  const pick = <Name extends keyof LeadFields>(name: Name): LeadFields[Name] => {
    const id = values[name];
    if (id === undefined) return ruled[name];
    return { ...(id === stays.id ? stays : goes).fields[name], at };
  };
  return {
    name: pick('name'),
    city: pick('city'),
    niche: pick('niche'),
    legalForm: pick('legalForm'),
    handling: pick('handling'),
    amount: pick('amount'),
    responsibleId: pick('responsibleId'),
  };
}

function mergeFields(left: LeadFields, right: LeadFields): LeadFields {
  return {
    name: later(left.name, right.name),
    city: later(left.city, right.city),
    niche: later(left.niche, right.niche),
    legalForm: later(left.legalForm, right.legalForm),
    handling: later(left.handling, right.handling),
    amount: later(left.amount, right.amount),
    responsibleId: later(left.responsibleId, right.responsibleId),
  };
}

/** The value that was set last; of two of one instant the greater text, so that the direction does not matter. */
function later<T>(left: Stamped<T | null>, right: Stamped<T | null>): Stamped<T | null> {
  const order =
    Number(left.value !== null) - Number(right.value !== null) ||
    left.at - right.at ||
    compareBytewise(JSON.stringify(left.value), JSON.stringify(right.value));
  return order < 0 ? right : left;
}

/** Numbers or addresses of both, each once with the time when it was set last; the last one first. */
function mergeWays(
  left: readonly Stamped<string>[],
  right: readonly Stamped<string>[],
): readonly Stamped<string>[] {
  const ordered = [...left, ...right].toSorted(
    (one, other) => other.at - one.at || compareBytewise(one.value, other.value),
  );
  return ordered.filter(
    ({ value }, index) => ordered.findIndex((one) => one.value === value) === index,
  );
}

function union<T>(items: readonly T[], keyOf: (item: T) => string): readonly T[] {
  const byKey = new Map(items.map((item) => [keyOf(item), item]));
  return [...byKey]
    .toSorted(([left], [right]) => compareBytewise(left, right))
    .map(([, item]) => item);
}
