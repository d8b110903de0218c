import { LOST } from '../../../twenty-mak/src/connectors/amocrm/simulator/account.ts';
import { AmocrmSimulator } from '../../../twenty-mak/src/connectors/amocrm/simulator/index.ts';
import {
  readRows,
  recordSchema,
} from '../../../twenty-mak/src/connectors/amocrm/simulator/inputs.ts';
import type {
  RecordEntity,
  StoredRecord,
} from '../../../twenty-mak/src/connectors/amocrm/simulator/stored.ts';
import { writeRecords } from '../../../twenty-mak/src/connectors/amocrm/simulator/write-records.ts';

/** An account of amoCRM with people, and a pipeline that is like one of MaK. */
export interface ConnectedAmocrm {
  readonly address: string;
  /** Long-lived. */
  readonly token: string;
  /** Whose token it is, and a person; by their addresses. */
  readonly robot: string;
  readonly person: string;
  /** Statuses as tables of stages name them. */
  readonly statuses: Readonly<Record<'draft' | 'briefed' | 'lost', string>>;
  /** A person makes a deal of a company with somebody to speak to; gives its id there. */
  makeDeal(name: string, company: string, contact: Contact): number;
  /** A person edits a deal there. */
  edit(id: number, fields: DealFields): void;
  /** A deal there, by what the API calls its values. */
  deal(id: number): Readonly<Record<string, unknown>>;
  close(): Promise<void>;
}

interface Contact {
  readonly name: string;
  readonly email: string;
  readonly phone: string;
}

interface DealFields {
  readonly name?: string;
  readonly status?: string;
  /** Address of who is responsible. */
  readonly responsible?: string;
}

export async function connectedAmocrm(): Promise<ConnectedAmocrm> {
  const simulator = new AmocrmSimulator();
  const { account } = simulator;
  const address = await simulator.listen();
  simulator.deliverByItself();
  const pipeline = account.addPipeline('Advertising', ['Draft', 'Briefed']);
  const [draft, briefed] = pipeline.statuses
    .filter(({ name }) => name === 'Draft' || name === 'Briefed')
    .map(({ id }) => `${pipeline.id}:${id}`);
  const [robot, person] = account.users;
  if (robot === undefined || person === undefined) throw new Error('An account has people.');
  const userOf = (email: string): number | undefined =>
    account.users.find((user) => user.email === email)?.id;
  const byHand = (entity: RecordEntity, values: object): StoredRecord => {
    const mode = 'id' in values ? 'update' : 'create';
    const sent = readRows(recordSchema, [values]);
    const [record] = writeRecords(account, entity, sent, mode, person.id);
    if (record === undefined) throw new Error('Nothing was written.');
    return record;
  };
  const placeOf = (status: string): object => {
    const [pipelineId, statusId] = status.split(':').map(Number);
    return { pipeline_id: pipelineId, status_id: statusId };
  };
  return {
    address,
    token: simulator.oauth.longLived(),
    robot: robot.email,
    person: person.email,
    statuses: { draft: draft ?? '', briefed: briefed ?? '', lost: `${pipeline.id}:${LOST}` },
    makeDeal: (name, companyName, { name: contactName, email, phone }) => {
      const company = byHand('companies', { name: companyName });
      const contact = byHand('contacts', {
        name: contactName,
        custom_fields_values: [
          { field_code: 'PHONE', values: [{ value: phone, enum_code: 'WORK' }] },
          { field_code: 'EMAIL', values: [{ value: email, enum_code: 'WORK' }] },
        ],
        _embedded: { companies: [{ id: company.id }] },
      });
      return byHand('leads', {
        name,
        price: 12_500,
        responsible_user_id: robot.id,
        ...placeOf(draft ?? ''),
        _embedded: { contacts: [{ id: contact.id }], companies: [{ id: company.id }] },
      }).id;
    },
    edit: (id, { name, status, responsible }) => {
      byHand('leads', {
        id,
        ...(name === undefined ? {} : { name }),
        ...(status === undefined ? {} : placeOf(status)),
        ...(responsible === undefined ? {} : { responsible_user_id: userOf(responsible) }),
      });
    },
    deal: (id) => {
      const record = account.records.leads.get(id);
      if (record === undefined) throw new Error('amoCRM has no such deal.');
      const field = account.fields.find(
        ({ entity, name }) => entity === 'leads' && name === 'master_deal_id',
      );
      const { name, pipeline_id, status_id } = record.scalars;
      return {
        name,
        status: `${String(pipeline_id)}:${String(status_id)}`,
        master_deal_id: record.custom.get(field?.id ?? 0)?.[0]?.value ?? null,
      };
    },
    close: () => simulator.close(),
  };
}
