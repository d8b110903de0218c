import type { Json, Values } from 'twenty-mak-domain';
import { cardSchema } from '../../src/connectors/keycrm/answers.ts';
import type { KeyCrmCard } from '../../src/connectors/keycrm/answers.ts';
import { readCardAccount } from '../../src/connectors/keycrm/card-account.ts';
import type { CardAccount } from '../../src/connectors/keycrm/card-account.ts';
import { CardMarks } from '../../src/connectors/keycrm/card-marks.ts';
import { CardRecords } from '../../src/connectors/keycrm/card-records.ts';
import {
  makIdOf,
  storedCardValues,
  valuesOfCard,
  versionOfCard,
} from '../../src/connectors/keycrm/card-values.ts';
import { settingsSchema } from '../../src/connectors/keycrm/settings.ts';
import type { RemoteChange, RemoteRecord, WrittenThere } from '../../src/connectors/sync/ports.ts';
import { idHere, idThere, underIdsHere } from './keycrm-ids.ts';
import { KeyCrmSide } from './keycrm-side.ts';
import type { Opened, Records } from './keycrm-side.ts';
import { OWNERS } from './people.ts';
import { stageAfter, statusOf } from './world.ts';
import type { Profile, World } from './world.ts';

const PARTS = new Set(['contact.client', 'status', 'custom_fields']);
const WORDS = ['A', 'B', 'C'];
/**
 * So many that nobody puts back by chance what a write was about to change: KeyCRM does not tell that from a value that it has
 * not taken.
 */
const PEOPLE = [
  ...OWNERS,
  ...Array.from({ length: 30 }, (_, index) => `person-${index}@sandbox.example`),
];

/** Deals as cards of a funnel, with MaK's id in their comment. */
export class KeyCrmCardsSide extends KeyCrmSide {
  readonly profile: Profile;
  private cards: CardAccount | undefined;
  /** Of cards that are being made, whether MaK says which status they have: KeyCRM gives one to each. */
  private withStatus: boolean[] = [];

  constructor(world: World) {
    super(world);
    const { settings } = this.simulator.account;
    for (const email of PEOPLE) if (email !== null) settings.addUser('Olena', 'Koval', email);
    const statuses = settings.statusesOf(this.funnel).map(({ id }) => String(id));
    const foreign = statuses.slice(WORDS.length);
    this.profile = {
      key: 'keycrm',
      entity: {
        name: 'deal',
        batch: 4,
        createsInMak: true,
        asStored: storedCardValues,
        matrix: [
          { field: 'name', direction: 'both', priority: 'newest', critical: false },
          { field: 'owner', direction: 'both', priority: 'newest', critical: false },
          { field: 'status', direction: 'out', priority: 'mak', critical: false },
        ],
        moved: 'status',
      },
      people: { mak: ['name', 'owner', 'stage'], remote: ['name', 'owner', 'status'] },
      typed: (field, _edit, random) => (field === 'owner' ? random.pick(PEOPLE) : undefined),
      statuses: () => statuses,
      isForeign: (status) => foreign.includes(status),
      statusOf: (stage) => statuses[WORDS.indexOf(String(statusOf(stage)))] ?? null,
      stageAfter: (status) => stageAfter(WORDS[statuses.indexOf(String(status))] ?? null),
    };
  }

  protected async open({ api, account: { sourceId }, story: { links } }: Opened): Promise<Records> {
    const settings = settingsSchema.parse({
      source: Number(sourceId),
      cards: { funnels: [this.funnel] },
    });
    const account = await readCardAccount(api, settings);
    this.cards = account;
    const began = this.world.now;
    const marks = new CardMarks();
    const records = new CardRecords(
      api,
      {
        remoteIds: async (_entity, ids) => {
          const linked = (await links()).map(
            ({ localId, remoteId }) => [idThere(localId), remoteId] as const,
          );
          return new Map(linked.filter(([id]) => ids.includes(id)));
        },
        localIds: async (_entity, ids) => {
          const linked = (await links()).filter(({ remoteId }) => ids.includes(remoteId));
          return new Map(linked.map(({ localId, remoteId }) => [remoteId, idThere(localId)]));
        },
        // Contacts stay where they are.
        bring: () => Promise.resolve(),
        ours: () => Promise.resolve(new Set<string>()),
        takesOver: () => false,
      },
      {
        account: () => Promise.resolve(account),
        waitingSince: () => Promise.resolve(began),
        unmet: () => Promise.resolve(new Set<string>()),
        marks: () => marks,
        alone: (_values, run) => run(),
      },
    );
    return underIdsHere(records);
  }

  override write(
    entity: string,
    changes: readonly RemoteChange[],
  ): Promise<readonly WrittenThere[]> {
    const made = changes.filter(({ remoteId }) => remoteId === null);
    this.withStatus = made.map(({ values }) => typeof values['status'] === 'string');
    return super.write(entity, changes);
  }

  protected override saidOf(fields: readonly string[]): readonly string[] {
    return this.withStatus.shift() === true ? fields : fields.filter((field) => field !== 'status');
  }

  get rows(): ReadonlyMap<string, RemoteRecord> {
    const { cards } = this.simulator.account;
    const shown = cards.rows.all.map((row) => cardSchema.parse(cards.show(row, PARTS)));
    return new Map(shown.map((card) => [card.id, this.recordOf(card)]));
  }

  protected editByHand(remoteId: string, { name, owner, status }: Values): void {
    this.simulator.account.cards.edit(remoteId, {
      ...(name === undefined ? {} : { title: name }),
      ...(owner === undefined ? {} : { manager_id: this.userOf(owner) }),
      ...(status === undefined ? {} : { status_id: Number(status) }),
    });
  }

  protected makeByHand({ name }: Values, localId: string | undefined): string {
    const { cards } = this.simulator.account;
    cards.create({
      title: name,
      pipeline_id: this.funnel,
      contact: { full_name: 'Anna Koval' },
      manager_comment: localId === undefined ? null : `master_deal_id: ${idThere(localId)}`,
    });
    return String(cards.rows.all.at(-1)?.id);
  }

  protected releaseByHand(remoteId: string): void {
    const { rows } = this.simulator.account.cards;
    const updated_at = this.world.now + this.world.skew;
    rows.put({ ...rows.get(remoteId), manager_comment: null, updated_at });
  }

  /** The first funnel of the simulated account. */
  private get funnel(): number {
    const [funnel] = this.simulator.account.settings.pipelines.all;
    if (funnel === undefined) throw new Error('The simulated account has no funnel.');
    return funnel.id;
  }

  private userOf(owner: Json): number | null {
    const { all } = this.simulator.account.settings.users;
    return all.find(({ email }) => email === owner)?.id ?? null;
  }

  private recordOf(card: KeyCrmCard): RemoteRecord {
    const { cards } = this;
    if (cards === undefined) throw new Error('The story has not begun.');
    const view = { here: () => null, shownId: null, isUnmoved: false };
    return {
      remoteId: card.id,
      localId: idHere(makIdOf(card, cards)),
      values: valuesOfCard(card, cards, view),
      version: versionOfCard(card, cards),
    };
  }
}
