import type { SimulatedAccount } from './account.ts';
import type { ComplexInput, RecordInput, Row } from './inputs.ts';
import type { RecordEntity, StoredRecord } from './stored.ts';
import { writeRecords } from './write-records.ts';

interface Created {
  readonly id: number;
  readonly contact_id: number | null;
  readonly company_id: number | null;
  /** A list: rows that were taken for the same have become one. */
  readonly request_id: readonly string[];
  readonly merged: boolean;
}

/** Whether people are looked for; `writes`: into the lead that is met, custom fields are written that were sent. */
export type DuplicateControl = boolean | 'writes';

/** Leads with a contact and a company each. With duplicate control, a lead of a contact that is known becomes the open one of it. */
export function createComplex(
  account: SimulatedAccount,
  rows: readonly Row<ComplexInput>[],
  userId: number,
  duplicateControl: DuplicateControl,
): readonly Created[] {
  // Who is known is looked at before anything is made: rows of one call are not compared with each other.
  const known = rows.map(({ input }) =>
    duplicateControl !== false ? knownContact(account, input._embedded?.contacts?.[0]) : undefined,
  );
  return rows.map(({ input, key }, index): Created => {
    const { _embedded: embedded, ...own } = input;
    const make = (entity: RecordEntity, part: RecordInput): StoredRecord | undefined =>
      writeRecords(account, entity, [{ input: part, key }], 'create', userId)[0];
    const same = known[index];
    const open = same === undefined ? undefined : openLeadOf(account, same);
    if (same !== undefined && open !== undefined) {
      const { custom_fields_values } = input;
      if (duplicateControl === 'writes')
        writeRecords(
          account,
          'leads',
          [{ input: { id: open.id, custom_fields_values }, key }],
          'update',
          userId,
        );
      return {
        id: open.id,
        contact_id: same.id,
        company_id: open.company,
        request_id: [key],
        merged: true,
      };
    }
    const party = embedded?.companies?.[0];
    const company = party === undefined ? undefined : make('companies', party);
    const person = embedded?.contacts?.[0];
    const contact = same ?? (person === undefined ? undefined : make('contacts', person));
    const lead = make('leads', {
      ...own,
      ...incoming(account, input),
      _embedded: {
        ...(embedded?.tags === undefined ? {} : { tags: embedded.tags }),
        ...(contact === undefined ? {} : { contacts: [{ id: contact.id, is_main: true }] }),
        ...(company === undefined ? {} : { companies: [{ id: company.id }] }),
      },
    });
    return {
      id: lead?.id ?? 0,
      contact_id: contact?.id ?? null,
      company_id: company?.id ?? null,
      request_id: [key],
      merged: false,
    };
  });
}

/** With metadata it becomes an incoming lead, whatever status was asked for. */
function incoming(
  account: SimulatedAccount,
  { _embedded, pipeline_id }: ComplexInput,
): Pick<RecordInput, 'status_id' | 'pipeline_id'> {
  if (_embedded?.metadata === undefined) return {};
  const pipeline = account.pipeline(pipeline_id ?? 0) ?? account.mainPipeline;
  const status = pipeline.statuses.find(({ type }) => type === 1);
  return { pipeline_id: pipeline.id, status_id: status?.id };
}

function knownContact(
  account: SimulatedAccount,
  sought: Pick<RecordInput, 'custom_fields_values'> | undefined,
): StoredRecord | undefined {
  const texts = (sought?.custom_fields_values ?? []).flatMap(({ field_code, values }) =>
    field_code === 'PHONE' || field_code === 'EMAIL'
      ? (values ?? []).map(({ value }) => String(value))
      : [],
  );
  return [...account.records.contacts.values()].find(({ custom }) =>
    [...custom.values()].flat().some(({ value }) => texts.includes(String(value))),
  );
}

function openLeadOf(account: SimulatedAccount, contact: StoredRecord): StoredRecord | undefined {
  return account
    .linkedWith('leads', 'contact', contact.id)
    .find(({ scalars }) => scalars['closed_at'] === null && scalars['is_deleted'] !== true);
}
