import type { Values } from 'twenty-mak-domain';
import type { WriteRefusal } from '../../platform/records/index.ts';
import type { MakChange, MakRecords, Written } from './ports.ts';

type Answer = Written<string, number>;

/**
 * Writes to MaK's records. A record that cannot be made with a value of the other system is made with the one that stands in for
 * it; why is told by the place of the change.
 */
export async function writeWithStandIns(
  mak: Pick<MakRecords, 'write'>,
  entity: string,
  changes: readonly MakChange[],
  standIns: Values,
): Promise<{
  readonly answers: readonly Answer[];
  readonly refusals: ReadonlyMap<number, WriteRefusal>;
}> {
  const answers = await mak.write(entity, changes);
  const refusals = new Map<number, WriteRefusal>();
  const again = changes.flatMap((change, index) => {
    const answer = answers[index];
    if (change.localId !== null || answer?.kind !== 'refused') return [];
    const { field } = answer.refusal;
    if (field === null || !(field in standIns)) return [];
    refusals.set(index, answer.refusal);
    const values = { ...change.values, [field]: standIns[field] ?? null };
    return [{ index, change: { ...change, values } }];
  });
  if (again.length === 0) return { answers, refusals };
  const second = await mak.write(
    entity,
    again.map(({ change }) => change),
  );
  const made = new Map(again.map(({ index }, place) => [index, second[place]] as const));
  return { answers: answers.map((answer, index) => made.get(index) ?? answer), refusals };
}
