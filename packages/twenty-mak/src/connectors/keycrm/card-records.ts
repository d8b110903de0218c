import type { Values } from 'twenty-mak-domain';
import type { WriteRefusal } from '../../platform/records/index.ts';
import { leftWhereChanged, Parties, RemoteFailure, sentInVain } from '../sync/index.ts';
import type {
  ConnectorContext,
  RemoteChange,
  RemotePage,
  RemoteRecord,
  There,
  WrittenThere,
} from '../sync/index.ts';
import type { KeyCrmCard } from './answers.ts';
import type { KeyCrmApi, Taken } from './api.ts';
import type { Alone } from './buyer-turns.ts';
import type { CardAccount } from './card-account.ts';
import type { CardMarks } from './card-marks.ts';
import { withBuyer } from './card-people.ts';
import {
  clientOf,
  editCardBody,
  fieldOf,
  isUnmoved,
  makIdOf,
  newCardBody,
  storedCardValues,
  valuesOfCard,
  versionOfCard,
} from './card-values.ts';
import { LATEST, nextCursor, readCursor, writeCursor } from './change-cursor.ts';

type Outcome = WrittenThere;
type ReadBack = Extract<Outcome, { kind: 'written' }>;

/** A card that was written: what was sent, and its values before. */
interface Place {
  readonly id: string;
  readonly localId: string;
  readonly account: CardAccount;
  readonly sent: Values;
  readonly before: Values;
}

type Links = Pick<ConnectorContext, 'remoteIds' | 'localIds' | 'bring' | 'ours' | 'takesOver'>;

/** What MaK itself knows of cards. */
export interface OwnCards {
  /** Read anew from time to time. Rejects with a `RemoteFailure`, `absent` when the account has no such cards. */
  readonly account: () => Promise<CardAccount>;
  /** Since when the oldest of these deals waits, in milliseconds: none of them was sent before. */
  readonly waitingSince: (localIds: readonly string[]) => Promise<number>;
  /** Those of these deals that may be cards though no card of theirs was met yet. */
  readonly unmet: (localIds: readonly string[]) => Promise<ReadonlySet<string>>;
  readonly alone: Alone;
  /** Outlives this session. */
  readonly marks: () => CardMarks;
}

/** Cards that were made while an answer was lost are looked for so much earlier, in milliseconds: clocks differ. */
const EARLIER = 3_600_000;

/** MaK's deals as cards of funnels. KeyCRM deletes none, and has no filter for MaK's id. */
export class CardRecords {
  private readonly parties: Parties;

  constructor(
    private readonly api: KeyCrmApi,
    private readonly context: Links,
    private readonly own: OwnCards,
  ) {
    this.parties = new Parties(context);
  }

  async read(ids: readonly string[]): Promise<ReadonlyMap<string, RemoteRecord>> {
    const account = await this.own.account();
    const cards: KeyCrmCard[] = [];
    for (const id of ids) {
      const card = await this.api.card(id);
      if (card !== null) cards.push(card);
    }
    const records = await this.records(cards, account);
    return new Map(records.map((record) => [record.remoteId, record]));
  }

  /** Of several with one id the oldest: a person has copied it. */
  async find(localIds: readonly string[]): Promise<ReadonlyMap<string, RemoteRecord>> {
    if (localIds.length === 0) return new Map();
    const account = await this.own.account();
    const since = (await this.own.waitingSince(localIds)) - EARLIER;
    const listed = new Map<string, KeyCrmCard>();
    const marks = this.own.marks();
    const found = await marks.find(localIds, since, async (from, page) => {
      const { rows, more } = await this.api.cardsMade(account.sourceId, from, LATEST, page);
      for (const card of rows) listed.set(card.id, card);
      return { rows: rows.map((card) => ({ ...card, mark: makIdOf(card, account) })), more };
    });
    const cards: KeyCrmCard[] = [];
    for (const [localId, id] of found) {
      const card = (await this.api.card(id)) ?? listed.get(id);
      // Whether it is there all the same, the list says.
      if (card === undefined) throw marks.forget(localId);
      if (makIdOf(card, account) === localId) cards.push(card);
    }
    const records = await this.records(cards, account);
    return new Map(records.map((record) => [record.localId ?? '', record]));
  }

  unmet(localIds: readonly string[]): Promise<ReadonlySet<string>> {
    return this.own.unmet(localIds);
  }

  async withheld(ids: readonly string[]): Promise<ReadonlySet<string>> {
    const withheld = new Set<string>();
    for (const id of ids) if (await this.api.isCardWithheld(id)) withheld.add(id);
    return withheld;
  }

  /** Of all funnels: one of ours may have been moved to another, where it does not stay. */
  async changedSince(cursor: string | null): Promise<RemotePage> {
    const account = await this.own.account();
    const from = readCursor(cursor);
    const { rows, more } = await this.api.cardsChanged(from.since, LATEST, from.page);
    const known = await this.known(rows, account);
    const next = nextCursor(
      from,
      rows.map(({ updated_at }) => updated_at),
      more,
    );
    return {
      seen: rows
        .filter((card) => known.isConcerned(card))
        .map((card) => ({
          remoteId: card.id,
          localId: known.claimOf(card),
          version: versionOfCard(card, account),
        })),
      cursor: writeCursor(next),
      more,
    };
  }

  /**
   * KeyCRM compares no versions: a card is read once more right before it is written. Its answer does not say what the card is
   * now, so it is read after it too.
   */
  async write(changes: readonly RemoteChange[]): Promise<readonly Outcome[]> {
    const account = await this.own.account();
    const there = await this.parties.wanted({
      contact: changes.map(({ values }) => values['contact']),
    });
    const outcomes: Outcome[] = [];
    for (const change of changes)
      outcomes.push(
        change.remoteId === null
          ? await this.make(change, account, there)
          : await this.edit(change, change.remoteId, account, there),
      );
    return outcomes;
  }

  /** Whose answer was lost has been looked for before: nothing is sent again that is perhaps there. */
  private async make(
    { localId, values }: RemoteChange,
    account: CardAccount,
    there: There,
  ): Promise<Outcome> {
    const body = newCardBody(localId, values, account, there);
    if ('code' in body) return { kind: 'refused', refusal: body };
    const answer = await this.api.createCard(body);
    if (answer.kind !== 'taken') {
      // The same answer says that leads were switched off meanwhile; a list says it for sure.
      await this.api.list('pipelines');
      return refusedBy(answer);
    }
    const { id } = answer.value;
    const { status } = values;
    const began = { status: answer.value.status_id };
    const moved =
      typeof status === 'string' && status !== began.status
        ? await this.api.editCard(id, { status_id: Number(status) })
        : null;
    const place = { id, localId, account, sent: sentOf(values, body), before: began };
    const made = await this.left(place, () =>
      moved?.kind === 'taken' ? { status_id: Number(status) } : {},
    );
    // Also without its status it is there, and must not be made again.
    if (moved === null || moved.kind === 'taken') return made;
    const refusal = moved.kind === 'refused' ? moved.refusal : NO_STATUS;
    return { ...made, spared: { ...refusal, field: 'status' } };
  }

  private async edit(
    { localId, values, version }: RemoteChange,
    remoteId: string,
    account: CardAccount,
    there: There,
  ): Promise<Outcome> {
    const card = await this.api.card(remoteId);
    if (card === null) return { kind: 'moved' };
    if (version !== null && versionOfCard(card, account) !== version) return { kind: 'moved' };
    const body = editCardBody(values, card, account, there);
    if ('code' in body) return { kind: 'refused', refusal: body };
    if (Object.keys(body).length > 0) {
      const answer = await this.api.editCard(remoteId, body);
      if (answer.kind !== 'taken') return refusedBy(answer);
    }
    const before = await this.valuesBefore(card, account);
    const place = { id: remoteId, localId, account, sent: sentOf(values, body), before };
    return this.left(place, (vain) => {
      const rest = Object.entries(values).filter(([field]) => vain.includes(field));
      return editCardBody(Object.fromEntries(rest), card, account, there);
    });
  }

  private async valuesBefore(card: KeyCrmCard, account: CardAccount): Promise<Values> {
    const client = clientOf(card);
    const known = await this.context.localIds('contact', client === null ? [] : [client]);
    return valuesOfCard(card, account, {
      here: () => known.get(client ?? '') ?? null,
      shownId: null,
      isUnmoved: false,
    });
  }

  /**
   * What a write has left. What stands as before is sent once more: whoever put it back did so between two calls, and what KeyCRM
   * does not take stands so this time too.
   */
  private async left(place: Place, again: (vain: readonly string[]) => object): Promise<ReadBack> {
    const written = await this.readBack(place);
    const vain = sentInVain(place.sent, place.before, written.values);
    const body = vain.length === 0 ? {} : again(vain);
    if (Object.keys(body).length === 0) return written;
    await this.api.editCard(place.id, body);
    return this.readBack(place);
  }

  private async readBack({ id, localId, account, sent, before }: Place): Promise<ReadBack> {
    const card = await this.api.card(id);
    const [record] = card === null ? [] : await this.records([card], account, localId);
    if (record === undefined)
      throw new RemoteFailure('unavailable', 'KeyCRM does not show what was written.');
    const { values, version } = record;
    return { kind: 'written', id, values, version, left: leftWhereChanged(sent, before, values) };
  }

  /**
   * Who is spoken with is brought over before the cards are. `writing`: the deal that a card is just written for, so whatever
   * stands there is an answer.
   */
  private async records(
    all: readonly KeyCrmCard[],
    account: CardAccount,
    writing?: string,
  ): Promise<readonly RemoteRecord[]> {
    const known = await this.known(all, account);
    const cards: KeyCrmCard[] = [];
    for (const card of all)
      if (known.isConcerned(card))
        cards.push(known.isTaken(card) ? await withBuyer(this.api, card, this.own.alone) : card);
    const here = await this.parties.named(
      'deal',
      cards.map((card) => {
        const remoteId = clientOf(card);
        const parties = remoteId === null ? [] : [{ entity: 'contact', remoteId }];
        return { claimed: known.claimOf(card), parties };
      }),
    );
    return cards.map((card) => {
      const localId = known.claimOf(card);
      const link = known.linkOf(card) ?? writing ?? null;
      return {
        remoteId: card.id,
        localId,
        values: valuesOfCard(card, account, {
          here,
          shownId: account.field === null ? link : fieldOf(card, account),
          // Between the card and its status MaK may have died: nobody has moved it to where it began.
          isUnmoved: link === null && localId !== null && isUnmoved(card),
        }),
        version: versionOfCard(card, account),
      };
    });
  }

  /** Which deals cards are. One that carries the id of a deal which another card is was copied, and is a card of its own. */
  private async known(
    cards: readonly KeyCrmCard[],
    account: CardAccount,
  ): Promise<{
    readonly linkOf: (card: KeyCrmCard) => string | null;
    readonly claimOf: (card: KeyCrmCard) => string | null;
    readonly isConcerned: (card: KeyCrmCard) => boolean;
    /** What is only looked at, or another MaK's, is left as it is. */
    readonly isTaken: (card: KeyCrmCard) => boolean;
  }> {
    const marks = cards.flatMap((card) => makIdOf(card, account) ?? []);
    const cardsOf = await this.context.remoteIds('deal', marks);
    const links = await this.context.localIds(
      'deal',
      cards.map(({ id }) => id),
    );
    const linkOf = ({ id }: KeyCrmCard): string | null => links.get(id) ?? null;
    const statuses = new Set(account.statuses.map(({ id }) => id));
    const claimOf = (card: KeyCrmCard): string | null => {
      const mark = makIdOf(card, account);
      if (mark === null) return null;
      return (cardsOf.get(mark) ?? card.id) === card.id ? mark : null;
    };
    const isOf = (card: KeyCrmCard): boolean => linkOf(card) !== null || claimOf(card) !== null;
    const { context } = this;
    return {
      linkOf,
      claimOf,
      isConcerned: (card) => isOf(card) || statuses.has(card.status_id),
      isTaken: (card) =>
        context.takesOver('contact') &&
        (linkOf(card) !== null || (!isOf(card) && context.takesOver('deal'))),
    };
  }
}

/** Of the values those that people may change too and the body says, as KeyCRM keeps them; a new card may go without some. */
function sentOf(values: Values, body: object): Values {
  const said = new Set(Object.keys(body).map((name) => FIELDS[name] ?? name));
  said.delete('id');
  if ('contact' in body && !isNamed(body.contact)) said.delete('contact');
  // A new card gets its status by a second call, and one that has it already gets it by none.
  if ('source_id' in body || typeof values['status'] === 'string') said.add('status');
  return storedCardValues(
    Object.fromEntries(Object.entries(values).filter(([field]) => said.has(field))),
  );
}

const NO_STATUS: WriteRefusal = {
  code: 'refused_by_keycrm',
  reason: 'KeyCRM did not find the card that it had just made, to give it its status.',
  field: 'status',
};

function isNamed(contact: unknown): boolean {
  return typeof contact === 'object' && contact !== null && 'client_id' in contact;
}

/** Which of MaK's fields KeyCRM means. */
const FIELDS: Readonly<Record<string, string>> = {
  title: 'name',
  manager_id: 'owner',
  status_id: 'status',
  client_id: 'contact',
  contact: 'contact',
  custom_fields: 'id',
};

function refusedBy(answer: Exclude<Taken<unknown>, { kind: 'taken' }>): Outcome {
  if (answer.kind === 'missing') return { kind: 'moved' };
  const refusal: WriteRefusal = answer.refusal;
  const field = FIELDS[refusal.field?.split('.')[0] ?? ''] ?? null;
  return { kind: 'refused', refusal: { ...refusal, field } };
}
