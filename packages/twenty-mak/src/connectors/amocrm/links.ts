import type { Values } from 'twenty-mak-domain';
import type { WriteRefusal } from '../../platform/records/index.ts';
import type { AmocrmClient } from './client.ts';

/** That a record there names another one: rows say it only of leads that are made. */
export interface Link<S> {
  readonly step: S;
  /** Which of MaK's fields it is. */
  readonly field: string;
  readonly id: number;
  readonly to: { readonly type: 'contacts' | 'companies'; readonly id: number };
  /** Taken away. */
  readonly isOff?: boolean;
}

/** Whether what is written names whom MaK does, or nobody; not when it goes without whom amoCRM does not have. */
export function isSaid(id: number | null | undefined, value: Values[string] | undefined): boolean {
  return id !== undefined && (id !== null || typeof value !== 'string');
}

/** Links records, and takes links away; gives the refusal of a step whose link amoCRM does not take. */
export async function link<S>(
  client: AmocrmClient,
  path: string,
  links: readonly Link<S>[],
): Promise<ReadonlyMap<S, WriteRefusal>> {
  const refusals = new Map<S, WriteRefusal>();
  // What takes the place of another one comes last.
  for (const isOff of [true, false]) {
    const some = links.filter((one) => (one.isOff ?? false) === isOff);
    await send(client, `${path}/${isOff ? 'unlink' : 'link'}`, some, refusals);
  }
  return refusals;
}

async function send<S>(
  client: AmocrmClient,
  path: string,
  links: readonly Link<S>[],
  refusals: Map<S, WriteRefusal>,
): Promise<void> {
  const [first] = links;
  if (first === undefined) return;
  const answer = await client.ask({
    method: 'POST',
    path,
    body: links.map(({ id, to, isOff }) => ({
      entity_id: id,
      to_entity_id: to.id,
      to_entity_type: to.type,
      ...(to.type === 'contacts' && isOff !== true ? { metadata: { is_main: true } } : {}),
    })),
  });
  if (answer.kind !== 'refused') return;
  if (links.length === 1) {
    refusals.set(first.step, {
      code: 'unknown_record',
      reason: `amoCRM does not link this ${first.field}; perhaps somebody deleted it there.`,
      field: first.field,
    });
    return;
  }
  // It does not say which one it means.
  for (const one of links) await send(client, path, [one], refusals);
}
