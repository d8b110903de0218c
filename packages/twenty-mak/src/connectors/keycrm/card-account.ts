import { RemoteFailure } from '../sync/index.ts';
import type { RemoteOption, RemoteStatus } from '../sync/index.ts';
import type { KeyCrmApi } from './api.ts';
import { ABSENCE } from './client.ts';
import type { CardSettings, KeyCrmSettings } from './settings.ts';

/** What cards of an account refer to. */
export interface CardAccount {
  /** The source that cards of MaK have, as orders do. */
  readonly sourceId: string;
  /** Of the funnels that are kept equal, in the order of their settings; the first gets new cards. */
  readonly statuses: readonly CardStatus[];
  /** By id, the e-mail address in MaK of each person in lower case; those who are blocked come last. */
  readonly people: ReadonlyMap<string, string>;
  /** The custom field that holds MaK's id; null when it stands in the comment of new cards. */
  readonly field: string | null;
}

export interface CardStatus {
  readonly id: string;
  readonly funnelId: string;
  /** As people know them. */
  readonly funnel: string;
  readonly title: string;
}

/** Rejects with a `RemoteFailure`, `absent` when the account has no funnels, or not what the settings name of them. */
export async function readCardAccount(
  api: KeyCrmApi,
  { source, cards, people: table }: KeyCrmSettings,
): Promise<CardAccount> {
  if (cards === null) throw absent('No funnel is chosen in the settings of this connector.');
  const statuses = await readStatuses(api, cards);
  if (cards.field !== null && !(await fieldsOfCards(api)).some(({ uuid }) => uuid === cards.field))
    throw absent(
      `KeyCRM has no custom field ${cards.field} of leads any more. Name another one in the settings of this connector, or none.`,
    );
  const users = await api.list('users');
  const addresses = new Map(
    table.map(({ mak, keycrm }) => [keycrm.toLowerCase(), mak.toLowerCase()] as const),
  );
  const people = users
    .toSorted((one, other) => Number(one.status === 'blocked') - Number(other.status === 'blocked'))
    .flatMap(({ id, email }): [string, string][] => {
      const address = email?.toLowerCase() ?? '';
      return address === '' ? [] : [[id, addresses.get(address) ?? address]];
    });
  return { sourceId: String(source), statuses, people: new Map(people), field: cards.field };
}

/** Statuses that tables of stages may name. */
export async function readCardStatuses(
  api: KeyCrmApi,
  { cards }: KeyCrmSettings,
): Promise<readonly RemoteStatus[]> {
  const statuses = cards === null ? [] : await readStatuses(api, cards);
  return statuses.map(({ id, funnel, title }) => ({ status: id, title, pipeline: funnel }));
}

/** What settings of cards may name; nothing of an account without funnels. */
export async function readCardOptions(api: KeyCrmApi): Promise<readonly RemoteOption[]> {
  try {
    const funnels = await api.list('pipelines');
    const fields = await fieldsOfCards(api);
    const users = await api.list('users');
    return [
      ...funnels
        .toSorted((one, other) => Number(one.id) - Number(other.id))
        .map(({ id, name }) => ({ setting: 'cards.funnels', value: id, title: name })),
      ...fields.map(({ uuid, name }) => ({
        setting: 'cards.field',
        value: uuid,
        title: `${name} (${uuid})`,
      })),
      ...users
        .toSorted((one, other) => Number(one.id) - Number(other.id))
        .flatMap(({ email, full_name: name }) =>
          email ? [{ setting: 'people', value: email.toLowerCase(), title: name || email }] : [],
        ),
    ];
  } catch (error) {
    if (error instanceof RemoteFailure && error.kind === 'absent') return [];
    throw error;
  }
}

async function readStatuses(
  api: KeyCrmApi,
  { funnels }: CardSettings,
): Promise<readonly CardStatus[]> {
  const known = new Map((await api.list('pipelines')).map(({ id, name }) => [id, name]));
  const statuses: CardStatus[] = [];
  for (const id of funnels.map(String)) {
    const funnel = known.get(id);
    if (funnel === undefined)
      throw absent(
        `KeyCRM has no funnel ${id} any more. Choose others in the settings of this connector.`,
      );
    for (const status of await api.pipelineStatuses(id))
      statuses.push({ id: status.id, funnelId: id, funnel, title: status.title });
  }
  return statuses;
}

/** MaK's id is a text; a uuid names a field only together with its kind. */
async function fieldsOfCards(
  api: KeyCrmApi,
): Promise<readonly { readonly uuid: string; readonly name: string }[]> {
  return (await api.customFields()).filter(
    ({ model, type }) => model === 'lead' && (type === 'text' || type === 'textarea'),
  );
}

function absent(reason: string): RemoteFailure {
  return new RemoteFailure('absent', reason, ABSENCE);
}
