import type { Json } from 'twenty-mak-domain';
import type { WriteRefusal } from '../../platform/records/index.ts';
import type { AmocrmAccount } from './account.ts';

type People = Pick<AmocrmAccount, 'people' | 'nobody'>;

/**
 * Who is responsible there, by e-mail address in MaK; null for nobody. Who is not among the users of the account, as somebody who
 * was removed, is a person whom MaK does not know, and not nobody: else an owner here would be lost.
 */
export function ownerOf(
  userId: number | null | undefined,
  { people, nobody }: People,
): string | null {
  if (userId == null || userId === 0 || userId === nobody) return null;
  return people.get(userId) ?? `user ${userId} of amoCRM`;
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
