import type { SimulatedAccount } from './account.ts';
import { writeRecords } from './write-records.ts';

const PEOPLE = [
  ['Maryna', 'Shevchenko', '+380671112233', 'Vesna Media'],
  ['Ihor', 'Melnyk', '+380502223344', 'Dnipro Trade'],
  ['Sofiia', 'Tkachenko', '+380633334455', 'Vesna Media'],
] as const;

/** Leads in several stages, with the people and companies that they are of. */
export function addExamples(account: SimulatedAccount): void {
  const { mainPipeline } = account;
  account.addPipeline('Renewals', ['Reminder', 'Offer']);
  const [, owner] = account.users;
  const open = mainPipeline.statuses.filter(({ type }) => type === 0);
  const companies = new Map<string, number>();
  for (const [index, [first, last, phone, company]] of PEOPLE.entries()) {
    const author = owner?.id ?? 0;
    const row = (input: object) => [{ input, key: '0' }];
    const known = companies.get(company);
    const [made] =
      known === undefined
        ? writeRecords(account, 'companies', row({ name: company }), 'create', author)
        : [];
    const companyId = known ?? made?.id ?? 0;
    companies.set(company, companyId);
    const [contact] = writeRecords(
      account,
      'contacts',
      row({
        first_name: first,
        last_name: last,
        custom_fields_values: [
          { field_code: 'PHONE', values: [{ value: phone, enum_code: 'MOB' }] },
        ],
        _embedded: { companies: [{ id: companyId }] },
      }),
      'create',
      author,
    );
    writeRecords(
      account,
      'leads',
      row({
        name: `Campaign for ${company}`,
        price: 12_000 * (index + 1),
        pipeline_id: mainPipeline.id,
        status_id: open[index]?.id,
        _embedded: {
          contacts: [{ id: contact?.id ?? 0, is_main: true }],
          companies: [{ id: companyId }],
        },
      }),
      'create',
      author,
    );
  }
}
