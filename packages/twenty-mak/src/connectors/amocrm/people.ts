import type { Json } from 'twenty-mak-domain';
import type { WriteRefusal } from '../../platform/records/index.ts';
import type { AmocrmAccount } from './account.ts';

type People = Pick<AmocrmAccount, 'people' | 'nobody'>;

/** Who is responsible there, by e-mail address in MaK; null for nobody. */
export function ownerOf(
  userId: number | null | undefined,
  { people, nobody }: People,
): string | null {
  return userId === nobody ? null : (people.get(userId ?? 0) ?? null);
}

/**
 * Who is to be responsible there; undefined leaves it as it is, and to amoCRM of what is new: somebody is responsible for
 * everything there. A refusal when amoCRM does not know the person.
 */
export function responsibleFor(
  owner: Json | undefined,
  { people, nobody }: People,
  field = 'owner',
): number | WriteRefusal | undefined {
  if (owner === null) return nobody ?? undefined;
  if (typeof owner !== 'string') return undefined;
  const userId = [...people].find(([, email]) => email === owner)?.[0];
  if (userId !== undefined) return userId;
  const reason = `${owner} is nobody in amoCRM; invite them there, or name their other address in the settings.`;
  return { code: 'unknown_member', reason, field };
}
