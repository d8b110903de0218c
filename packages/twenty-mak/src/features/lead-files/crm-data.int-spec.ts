import { parse } from 'csv-parse/sync';
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ImportDetailAnswer, PreviewAnswer, ProfileBody } from '../imports/imports.dto.ts';
import { Importer, importStage } from '../../../test/support/imports.ts';
import type { ImportStage } from '../../../test/support/imports.ts';

const folder = resolve(
  process.env['MAK_DATA_DIR'] ?? join(import.meta.dirname, '../../../../../../shared/data'),
);
const isThere = existsSync(join(folder, 'crm_sales_pipeline.csv'));
const file = (name: string): string => readFileSync(join(folder, `crm_${name}.csv`), 'utf8');
const rowsOf = (name: string): Record<string, string>[] =>
  parse<Record<string, string>>(file(name), { columns: true });

if (!isThere)
  process.stderr.write(
    `The import of real sales data was not tried: ${folder} has no crm_sales_pipeline.csv. Set MAK_DATA_DIR to its folder.\n`,
  );

/** 8,800 opportunities with wrong names of products and without accounts, as somebody really exported them. */
describe.skipIf(!isThere)('sales data with its dirt', () => {
  let stage: ImportStage;
  let importer: Importer;
  beforeAll(async () => {
    stage = await importStage();
    const tenant = await stage.api.createTenant();
    importer = new Importer(stage.api, tenant.apiKey);
  });
  afterAll(() => stage.close());

  const pipeline = isThere ? rowsOf('sales_pipeline') : [];
  const products = isThere ? rowsOf('products').map(({ product = '' }) => product) : [];
  const accounts = isThere ? rowsOf('accounts').map(({ account = '' }) => account) : [];
  const count = (test: (row: Record<string, string>) => boolean): number =>
    pipeline.filter(test).length;
  const unknownProduct = ({ product = '' }: Record<string, string>): boolean =>
    !products.includes(product);
  const unknownAccount = ({ account = '' }: Record<string, string>): boolean =>
    account !== '' && !accounts.includes(account);
  const withoutAccount = ({ account }: Record<string, string>): boolean => account === '';

  const profile = (values?: Record<string, string>): ProfileBody => ({
    columns: [
      { column: 'opportunity_id', field: 'external_id' },
      { column: 'account', field: 'name' },
      {
        column: 'product',
        field: 'attributes.product',
        ...(values === undefined ? {} : { values }),
      },
      { column: 'sales_agent', field: 'attributes.agent' },
      { column: 'deal_stage', field: 'attributes.stage' },
      { column: 'close_value', field: 'amount' },
    ],
    defaults: { currency: 'USD', source: 'external' },
    external_system: 'maven',
    lists: { 'attributes.product': products, name: accounts },
  });

  it('is recognised, and its columns are proposed', async () => {
    const { body } = await importer.upload('crm_sales_pipeline.csv', file('sales_pipeline'));
    const preview = await importer.call<PreviewAnswer>(`imports/${body.id}/preview`);
    expect(preview.body).toMatchObject({
      encoding: 'utf-8',
      separator: ',',
      mapping: [
        { column: 'opportunity_id', field: 'external_id' },
        { column: 'sales_agent', field: 'responsible' },
        { column: 'account', field: 'name' },
        { column: 'deal_stage', field: 'status' },
        { column: 'close_value', field: 'amount' },
      ],
    });
  });

  it('shows its dirt in a dry run: each wrong product with the one that is meant, each missing account', async () => {
    const checked = await importer.run('check', 'a.csv', file('sales_pipeline'), profile());
    const missing = count(withoutAccount);
    const bad = count((row) => unknownProduct(row) || unknownAccount(row) || withoutAccount(row));
    expect(count(unknownProduct)).toBe(1_480);
    expect(missing).toBe(1_425);
    expect(checked.forecast).toMatchObject({
      created: pipeline.length - bad,
      rejected: bad,
    });
    expect(checked.forecast_report).toMatchObject({
      rows: pipeline.length,
      errors: { 'product:not_in_list': 1_480, '*:contact_missing': missing },
      unknown_words: [{ column: 'product', word: 'GTXPro', suggestion: 'GTX Pro', rows: 1_480 }],
    });
    expect(checked.forecast_report?.first_errors).toContainEqual({
      row: 2,
      column: 'product',
      code: 'not_in_list',
      reason: 'There is no product GTXPro; did you mean GTX Pro?',
    });
  });

  it('comes in once somebody has said what the wrong word means; rows without account come back', async () => {
    const done = await importer.run(
      'start',
      'a.csv',
      file('sales_pipeline'),
      profile({ GTXPro: 'GTX Pro' }),
    );
    const missing = count(withoutAccount);
    expect(done).toMatchObject({
      status: 'done',
      counts: { created: pipeline.length - missing, rejected: missing },
      report: { unknown_words: [] },
    });
    const rejected = await importer.call<string>(`imports/${done.id}/rejected`);
    const rows = parse<Record<string, string>>(rejected.body, { columns: true, bom: true });
    expect(rows).toHaveLength(missing);
    for (const { account, errors = '' } of rows) {
      expect(account).toBe('');
      expect(errors).toContain('contact_missing');
    }
    const [sums] = await stage.api.database.query<{ amount: string; products: number }>(
      `SELECT sum(l.amount)::text AS amount, count(DISTINCT c.attributes ->> 'product')::int AS products
       FROM lead l JOIN lead_contact c ON c.lead_id = l.id`,
    );
    const expected = pipeline
      .filter((row) => !withoutAccount(row))
      .reduce((sum, { close_value: value = '' }) => sum + Number(value) * 100, 0);
    expect(sums).toEqual({ amount: String(expected), products: products.length });
    const again: ImportDetailAnswer = await importer.run(
      'start',
      'a.csv',
      file('sales_pipeline'),
      profile({ GTXPro: 'GTX Pro' }),
    );
    expect(again).toMatchObject({
      counts: { created: 0, rejected: pipeline.length },
      report: { errors: { 'opportunity_id:external_id_known': pipeline.length - missing } },
    });
  });

  it('of its sister: misspelt industries and countries are told', async () => {
    const sectors = ['technology', 'medical', 'retail', 'finance', 'software', 'services'];
    const more = ['marketing', 'telecommunications', 'entertainment', 'employment'];
    const checked = await importer.run('check', 'a.csv', file('accounts'), {
      columns: [
        { column: 'account', field: 'name' },
        { column: 'sector', field: 'niche' },
        { column: 'office_location', field: 'attributes.country' },
      ],
      lists: {
        niche: [...sectors, ...more],
        'attributes.country': [
          ...['United States', 'Kenya', 'Philippines', 'Japan', 'Italy', 'Norway', 'Korea'],
          ...['Jordan', 'Brazil', 'Germany', 'Panama', 'Belgium', 'Romania', 'Poland', 'China'],
        ],
      },
    });
    expect(checked.forecast_report?.unknown_words).toEqual([
      { column: 'sector', word: 'technolgy', suggestion: 'technology', rows: 12 },
      { column: 'office_location', word: 'Philipines', suggestion: 'Philippines', rows: 1 },
    ]);
  });
});
