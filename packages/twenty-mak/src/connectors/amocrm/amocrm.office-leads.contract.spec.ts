import { randomInt, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Values } from 'twenty-mak-domain';
import { one, written } from '../../../test/amocrm-contract/records.ts';
import { openTarget, places, RUN } from '../../../test/amocrm-contract/target.ts';
import type { Target } from '../../../test/amocrm-contract/target.ts';
import type { Links, RemoteChange } from '../sync/index.ts';
import { readAccount } from './account.ts';
import type { AmocrmAccount } from './account.ts';
import { BatchSize } from './batch-size.ts';
import { writeCursors } from './office-lead-cursors.ts';
import { OfficeLeadRecords } from './office-lead-records.ts';

const ALONE: Links = {
  remoteIds: () => Promise.resolve(new Map()),
  localIds: () => Promise.resolve(new Map()),
  bring: () => Promise.resolve(),
  ours: () => Promise.resolve(new Set()),
};

describe.each(places())('leads with who they are: $name', (place) => {
  let target: Target;
  let account: AmocrmAccount;
  let leads: OfficeLeadRecords;
  let statuses: readonly string[];
  beforeAll(async () => {
    target = await openTarget(place);
    const { statuses: known } = await readAccount(target.client);
    const pipeline = known[0]?.pipelineId ?? 0;
    statuses = known
      .filter(({ pipelineId, statusId }) => pipelineId === pipeline && statusId > 143)
      .map(({ statusId }) => `${pipeline}:${statusId}`);
    account = await readAccount(target.client, {
      leads: {
        ...{ pipelines: [pipeline], source: null },
        statuses: statuses.map((amocrm, index) => ({ mak: `s${index}`, amocrm })),
        fields: { city: null, niche: null, source: null, handling: null },
      },
    });
    leads = new OfficeLeadRecords(target.client, account, new BatchSize(), () => undefined, ALONE);
  });
  afterAll(() => target.close());

  const write = async (change: RemoteChange) => {
    const [answer] = await leads.write('office_lead', [change]);
    if (answer?.kind !== 'written') throw new Error(JSON.stringify(answer));
    return answer;
  };
  const made = async (values: Values) => {
    const localId = randomUUID();
    const change = { remoteId: null, localId, version: null };
    const answer = await write({
      ...change,
      values: { name: RUN, status: statuses[0] ?? null, ...values },
    });
    return { ...answer, localId };
  };
  /** Nobody else has it. */
  const anna = (): Values => ({
    person: 'Anna Koval',
    phones: [`+38067${randomInt(1_000_000, 9_999_999)}`],
    emails: [`${randomUUID()}@north.example`],
  });

  it('are made by one call with their contacts, and found by the id of MaK', async () => {
    const values = { ...anna(), amount: { minor: 120_000, currency: account.currency } };
    const lead = await made(values);
    expect(lead.values).toMatchObject({ ...values, id: lead.localId, status: statuses[0] });
    const found = await leads.find('office_lead', [lead.localId]);
    expect(found.get(lead.localId)).toMatchObject({ remoteId: lead.id, version: lead.version });
  });

  it('get a contact when they have none, and say it in another version', async () => {
    const lead = await made({});
    expect(lead.values).toMatchObject({ person: null, phones: null, emails: null });
    const values = { ...anna(), status: statuses[1] ?? null };
    const change = { remoteId: lead.id, localId: lead.localId, version: lead.version };
    const after = await write({ ...change, values });
    expect(after.values).toMatchObject(values);
    expect(after.version).not.toBe(lead.version);
  });

  it('are among what changed when their contact did', async () => {
    const lead = await made(anna());
    const { _embedded } = await one(target.client, `leads/${lead.id}`, [['with', 'contacts']]);
    const [contact] = _embedded?.contacts ?? [];
    await written(target.client, 'PATCH', 'contacts', [{ id: contact?.id, first_name: 'Olha' }]);
    const from = { since: Math.floor(Date.now() / 1_000) - 60, page: 1, back: false };
    const versions = new Map<string, string>();
    let cursor = writeCursors({ leads: from, contacts: from });
    for (let more = true; more;) {
      const page = await leads.changedSince('office_lead', cursor);
      for (const { remoteId, version } of page.seen) versions.set(remoteId, version);
      ({ cursor, more } = page);
    }
    expect(versions.has(lead.id)).toBe(true);
    expect(versions.get(lead.id)).not.toBe(lead.version);
    const read = await leads.read('office_lead', [lead.id]);
    expect(read.get(lead.id)?.values['person']).toMatch(/^Olha/);
  });
});
