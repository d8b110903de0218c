import { isUuid } from '../../platform/ids/index.ts';
import type { Json, Values } from 'twenty-mak-domain';
import type { WriteRefusal } from '../../platform/records/index.ts';
import { versionOf } from '../sync/index.ts';
import type { Here, There } from '../sync/index.ts';
import type { KeyCrmCard } from './answers.ts';
import type { CardAccount, CardStatus } from './card-account.ts';

/** Characters of a title. */
const LONGEST_TITLE = 255;
/** How MaK's id stands in the comment of a card, where the account has no field for it. */
const COMMENT = /\bmaster_deal_id: ([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\b/;

/** Whom a card may name, and what is known of it besides what it says. */
export interface CardView {
  readonly here: Here;
  /** MaK's id of the deal that it is, as far as it shows there. */
  readonly shownId: string | null;
  /** Nobody has moved it since MaK made it. */
  readonly isUnmoved: boolean;
}

/** A card in MaK's terms. */
export function valuesOfCard(
  card: KeyCrmCard,
  { people }: CardAccount,
  { here, shownId, isUnmoved }: CardView,
): Values {
  return {
    id: shownId,
    name: spelledTitle(card.title),
    owner: ownerOf(card.manager_id, people),
    contact: here('contact', clientOf(card)),
    status: isUnmoved ? null : card.status_id,
  };
}

/** Values as KeyCRM gives them back. */
export function storedCardValues(values: Values): Values {
  return Object.fromEntries(
    Object.entries(values).map(([field, value]) => [
      field,
      field === 'name' ? spelledTitle(value) : value,
    ]),
  );
}

/** The buyer that a card is about; null of one whom KeyCRM knows by the card alone. */
export function clientOf({ contact }: KeyCrmCard): string | null {
  return contact?.client_id ?? contact?.client?.id ?? null;
}

/** MaK's id that a card carries in the field of the account; null when it carries none, or there is no such field. */
export function fieldOf({ custom_fields }: KeyCrmCard, { field }: CardAccount): string | null {
  const value = custom_fields?.find(({ uuid }) => uuid === field)?.value;
  return typeof value === 'string' && isUuid(value.trim()) ? value.trim() : null;
}

/** MaK's id that a card carries, wherever it stands; without a field nobody but MaK has written it. */
export function makIdOf(card: KeyCrmCard, account: CardAccount): string | null {
  if (account.field !== null) return fieldOf(card, account);
  return COMMENT.exec(card.manager_comment ?? '')?.[1] ?? null;
}

/** Whether it is still where it began, which no list of statuses says. KeyCRM's clock counts whole seconds. */
export function isUnmoved({ created_at, status_changed_at }: KeyCrmCard): boolean {
  return status_changed_at == null || Math.abs(status_changed_at - created_at) <= 1_000;
}

export function versionOfCard(card: KeyCrmCard, account: CardAccount): string {
  const { title, manager_id, status_id, contact } = card;
  const person = clientOf(card) ?? [contact?.full_name, contact?.email, contact?.phone];
  const looked = [title, manager_id, status_id, person, makIdOf(card, account)];
  return versionOf(card.updated_at, looked);
}

/** What a new card is made with. It begins in the first status of its funnel: no other can be named. */
export function newCardBody(
  localId: string,
  values: Values,
  account: CardAccount,
  there: There,
): object | WriteRefusal {
  const status = statusOf(values['status'], account);
  if (status !== undefined && 'code' in status) return status;
  const { owner, contact } = values;
  const title = spelledTitle(values['name']) ?? '';
  const manager = managerOf(owner, account);
  const buyer = there('contact', contact);
  const funnelId = status?.funnelId ?? account.statuses[0]?.funnelId;
  return {
    title,
    source_id: Number(account.sourceId),
    ...(funnelId === undefined ? {} : { pipeline_id: Number(funnelId) }),
    // Nobody, or whom KeyCRM does not know, is left out: it is made all the same.
    ...(typeof manager === 'number' ? { manager_id: manager } : {}),
    // KeyCRM makes no card without a contact.
    contact: buyer === null ? { full_name: title } : { client_id: Number(buyer) },
    ...(account.field === null
      ? { manager_comment: `master_deal_id: ${localId}` }
      : { custom_fields: [{ uuid: account.field, value: localId }] }),
  };
}

/** What a card is edited with, or which of the values it cannot have. Products are never sent: KeyCRM would add them once more. */
export function editCardBody(
  values: Values,
  before: KeyCrmCard,
  account: CardAccount,
  there: There,
): object | WriteRefusal {
  const status = statusOf(values['status'], account);
  if (status !== undefined && 'code' in status) return status;
  const manager = managerOf(values['owner'], account);
  if (manager !== null && typeof manager === 'object') return manager;
  const person = personOf(values['contact'], before, there);
  if (person !== undefined && 'code' in person) return person;
  const { id } = values;
  return {
    ...('name' in values ? { title: spelledTitle(values['name']) ?? '' } : {}),
    ...(manager === undefined ? {} : { manager_id: manager }),
    // Where it began is not told as its status, and may be the one that it is to have.
    ...(status === undefined || status.id === before.status_id
      ? {}
      : { status_id: Number(status.id) }),
    ...person,
    ...(typeof id === 'string' && account.field !== null
      ? { custom_fields: [{ uuid: account.field, value: id }] }
      : {}),
  };
}

function statusOf(
  value: Json | undefined,
  { statuses }: CardAccount,
): CardStatus | WriteRefusal | undefined {
  if (typeof value !== 'string') return undefined;
  const reason = `The chosen funnels have no status ${value} any more; choose another one in the table of stages.`;
  return (
    statuses.find(({ id }) => id === value) ?? { code: 'unknown_status', reason, field: 'status' }
  );
}

/**
 * Who manages a card, by e-mail address in MaK; null for nobody. Who is not among the users of the account, as somebody who was
 * removed, is a person whom MaK does not know, and not nobody: else an owner here would be lost.
 */
function ownerOf(
  managerId: string | null | undefined,
  people: CardAccount['people'],
): string | null {
  if (managerId == null) return null;
  return people.get(managerId) ?? `user ${managerId} of KeyCRM`;
}

/** Null for nobody; undefined leaves it as it is. */
function managerOf(
  owner: Json | undefined,
  { people }: CardAccount,
): number | null | WriteRefusal | undefined {
  if (owner === null) return null;
  if (typeof owner !== 'string') return undefined;
  const id = [...people].find(([, email]) => email === owner)?.[0];
  const reason = `${owner} is nobody in KeyCRM; add them to its users, or name their other address in the settings.`;
  return id === undefined ? { code: 'unknown_member', reason, field: 'owner' } : Number(id);
}

function personOf(
  contact: Json | undefined,
  before: KeyCrmCard,
  there: There,
): { readonly client_id: number } | WriteRefusal | undefined {
  if (contact === undefined) return undefined;
  if (contact === null && clientOf(before) === null) return undefined;
  const buyer = there('contact', contact);
  if (buyer !== null) return { client_id: Number(buyer) };
  return contact === null
    ? {
        code: 'fixed_there',
        reason: 'KeyCRM lets no program take the contact of a card away; name another one.',
        field: 'contact',
      }
    : {
        code: 'unknown_record',
        reason: 'KeyCRM does not have this contact. Its journal and its dead letter say why.',
        field: 'contact',
      };
}

function spelledTitle(value: Json | undefined): string | null {
  return typeof value === 'string' ? value.trim().slice(0, LONGEST_TITLE).trim() || null : null;
}
