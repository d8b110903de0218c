import type { Values } from 'twenty-mak-domain';
import type { WriteRefusal } from '../../platform/records/index.ts';
import type { MakChange, MakRecords, Written } from './ports.ts';

type Answer = Written<string, number>;

/**
 * Writes to MaK's records. A record that cannot be made with a value of the other system is made with the one that stands in for
 * it, field by field; why is told by the place of the change, of the first one.
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
  const answers = [...(await mak.write(entity, changes))];
  const refusals = new Map<number, WriteRefusal>();
  const stoodIn = changes.map((): Values => ({}));
  for (;;) {
    const again = changes.flatMap((change, index) => {
      const answer = answers[index];
      if (change.localId !== null || answer?.kind !== 'refused') return [];
      const { field } = answer.refusal;
      const already = stoodIn[index] ?? {};
      if (field === null || !(field in standIns) || field in already) return [];
      stoodIn[index] = { ...already, [field]: standIns[field] ?? null };
      refusals.set(index, refusals.get(index) ?? answer.refusal);
      return [{ index, change: { ...change, values: { ...change.values, ...stoodIn[index] } } }];
    });
    if (again.length === 0) return { answers, refusals };
    const next = await mak.write(
      entity,
      again.map(({ change }) => change),
    );
    for (const [place, { index }] of again.entries()) {
      const answer = next[place];
      if (answer !== undefined) answers[index] = answer;
    }
  }
}
