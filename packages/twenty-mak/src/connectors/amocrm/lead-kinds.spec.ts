import { describe, expect, it } from 'vitest';
import { leadsOf } from './lead-kinds.ts';
import { leadSchema } from './lead-values.ts';
import type { Lead } from './lead-values.ts';

const DEAL_ID = 1;
const LEAD_ID = 2;
const [SALES, INBOUND] = [10, 20];
const account = {
  ...{ makIdField: DEAL_ID, leadIdField: LEAD_ID },
  leads: { pipelines: new Set([INBOUND]), mapped: new Set<string>(), fields: new Map() },
};

/** What is linked, by MaK's ids. */
type Pairs = Readonly<Record<string, string>>;

function linked(pairs: Readonly<Record<string, Pairs>>) {
  const pick = (entries: readonly [string, string][], ids: readonly string[]) =>
    Promise.resolve(new Map(entries.filter(([id]) => ids.includes(id))));
  const of = (kind: string) => Object.entries(pairs[kind] ?? {});
  return {
    remoteIds: (kind: string, ids: readonly string[]) => pick(of(kind), ids),
    localIds: (kind: string, ids: readonly string[]) =>
      pick(
        of(kind).map(([local, remote]) => [remote, local]),
        ids,
      ),
  };
}

const lead = (id: number, pipeline_id: number, marks: Readonly<Record<number, string>>): Lead =>
  leadSchema.parse({
    ...{ id, pipeline_id, status_id: 5, updated_at: 1 },
    custom_fields_values: Object.entries(marks).map(([field, value]) => ({
      field_id: Number(field),
      values: [{ value }],
    })),
  });

async function kindsOf(
  leads: readonly Lead[],
  pairs: Readonly<Record<string, Pairs>>,
): Promise<readonly [number, string, boolean][]> {
  const of = async (kind: 'deal' | 'office_lead') =>
    (await leadsOf(kind, leads, account, linked(pairs))).map((one): [number, string, boolean] => [
      one.id,
      kind,
      one.custom_fields_values?.some(({ field_id }) => field_id === LEAD_ID) === true,
    ]);
  return [...(await of('deal')), ...(await of('office_lead'))];
}

describe('which of the two kinds a lead of amoCRM is', () => {
  it('is what it is linked as, else what its id of MaK says, else what its pipeline says', async () => {
    const leads = [
      lead(1, SALES, { [LEAD_ID]: 'a' }),
      lead(2, INBOUND, { [DEAL_ID]: 'b' }),
      lead(3, SALES, { [LEAD_ID]: 'c' }),
      lead(4, INBOUND, { [DEAL_ID]: 'd' }),
      ...[lead(5, SALES, {}), lead(6, INBOUND, {})],
    ];
    expect(await kindsOf(leads, { office_lead: { a: '1' }, deal: { b: '2' } })).toEqual([
      ...[
        [2, 'deal', false],
        [4, 'deal', false],
        [5, 'deal', false],
      ],
      ...[
        [1, 'office_lead', true],
        [3, 'office_lead', true],
        [6, 'office_lead', false],
      ],
    ]);
  });

  it('is what its pipeline says when its id was copied from another lead there', async () => {
    const pairs = { office_lead: { a: '1' }, deal: { b: '2' } };
    const leads = [
      lead(3, SALES, { [LEAD_ID]: 'a' }),
      lead(4, INBOUND, { [LEAD_ID]: 'a' }),
      lead(5, INBOUND, { [DEAL_ID]: 'b' }),
    ];
    expect(await kindsOf(leads, pairs)).toEqual([
      [3, 'deal', false],
      ...[
        [4, 'office_lead', false],
        [5, 'office_lead', false],
      ],
    ]);
  });
});
