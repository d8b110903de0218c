import { DEFAULT_DUPLICATE_POLICY, DEFAULT_LEAD_SETTINGS } from 'twenty-mak-domain';
import type {
  ConsentPolicy,
  DuplicatePolicy,
  LeadChoice,
  LeadLists,
  LeadSettings,
} from 'twenty-mak-domain';
import type { Transaction } from '../../platform/database/index.ts';

/** The tenant's words, lists and rules for leads. */
export interface LeadRules extends LeadSettings, LeadLists, DuplicatePolicy {
  readonly consent: ConsentPolicy;
  /** ISO 3166, of telephone numbers without a country code. */
  readonly country: string;
}

export type LeadSettingsRow = LeadRules & { readonly version: number };

const CITIES: readonly (readonly [key: string, title: string])[] = [
  ['kyiv', 'Київ'],
  ['kharkiv', 'Харків'],
  ['odesa', 'Одеса'],
  ['dnipro', 'Дніпро'],
  ['lviv', 'Львів'],
  ['zaporizhzhia', 'Запоріжжя'],
  ['kryvyi-rih', 'Кривий Ріг'],
  ['mykolaiv', 'Миколаїв'],
  ['vinnytsia', 'Вінниця'],
  ['chernihiv', 'Чернігів'],
  ['poltava', 'Полтава'],
  ['cherkasy', 'Черкаси'],
  ['khmelnytskyi', 'Хмельницький'],
  ['zhytomyr', 'Житомир'],
  ['chernivtsi', 'Чернівці'],
  ['rivne', 'Рівне'],
  ['ternopil', 'Тернопіль'],
  ['ivano-frankivsk', 'Івано-Франківськ'],
  ['lutsk', 'Луцьк'],
  ['uzhhorod', 'Ужгород'],
];

const NICHES: readonly LeadChoice[] = [
  { key: 'services', title: 'Services' },
  { key: 'retail', title: 'Retail' },
  { key: 'production', title: 'Production' },
  { key: 'construction', title: 'Construction' },
  { key: 'health', title: 'Health' },
  { key: 'education', title: 'Education' },
  { key: 'real_estate', title: 'Real estate' },
  { key: 'auto', title: 'Cars' },
  { key: 'it', title: 'IT' },
  { key: 'other', title: 'Other' },
];

/** What holds until a tenant changes it. */
export const SHIPPED: LeadSettingsRow = {
  ...DEFAULT_LEAD_SETTINGS,
  ...DEFAULT_DUPLICATE_POLICY,
  cities: CITIES.map(([key, title]) => ({ key, title })),
  niches: NICHES,
  consent: 'required',
  country: 'UA',
  version: 1,
};

const COLUMNS = 'statuses, sources, handlings, cities, niches, certain, likely, consent, country';

export async function findLeadSettings(
  tx: Transaction,
  tenantId: string,
): Promise<LeadSettingsRow> {
  const [row] = await tx.query<LeadSettingsRow>(
    `SELECT ${COLUMNS}, version FROM lead_settings WHERE tenant_id = $1`,
    [tenantId],
  );
  return row ?? SHIPPED;
}

/** Undefined when `version` is not the one that is saved. */
export async function saveLeadSettings(
  tx: Transaction,
  tenantId: string,
  version: number,
  rules: LeadRules,
): Promise<LeadSettingsRow | undefined> {
  const json = [rules.statuses, rules.sources, rules.handlings, rules.cities, rules.niches];
  const [row] = await tx.query<LeadSettingsRow>(
    `INSERT INTO lead_settings AS s (tenant_id, ${COLUMNS})
     SELECT $1::uuid, $3::jsonb, $4::jsonb, $5::jsonb, $6::jsonb, $7::jsonb, $8::text, $9::text, $10::text, $11::text
     WHERE $2::int = ${SHIPPED.version} OR EXISTS
       (SELECT FROM lead_settings WHERE tenant_id = $1)
     ON CONFLICT (tenant_id) DO UPDATE SET statuses = $3, sources = $4, handlings = $5, cities = $6, niches = $7,
       certain = $8, likely = $9, consent = $10, country = $11, version = s.version + 1, updated_at = now()
       WHERE s.version = $2
     RETURNING ${COLUMNS}, version`,
    [
      tenantId,
      version,
      ...json.map((list) => JSON.stringify(list)),
      rules.certain,
      rules.likely,
      rules.consent,
      rules.country,
    ],
  );
  return row;
}

/** Keys that leads have, by what they are. */
export async function keysInUse(
  tx: Transaction,
  tenantId: string,
): Promise<Readonly<Record<keyof LeadSettings | keyof LeadLists, ReadonlySet<string>>>> {
  // A walk from key to key along an index would be faster; settings change seldom.
  const distinct = (column: string): string =>
    `ARRAY(SELECT DISTINCT ${column} FROM lead WHERE tenant_id = $1 AND ${column} IS NOT NULL)`;
  const [row] = await tx.query<Record<string, string[]>>(
    `SELECT ${distinct('status')} AS statuses, ${distinct('source')} AS sources, ${distinct('handling')} AS handlings,
       ${distinct('city')} AS cities, ${distinct('niche')} AS niches`,
    [tenantId],
  );
  const of = (name: string): ReadonlySet<string> => new Set(row?.[name] ?? []);
  return {
    statuses: of('statuses'),
    sources: of('sources'),
    handlings: of('handlings'),
    cities: of('cities'),
    niches: of('niches'),
  };
}

/** Leads whose city or niche was not listed are read again by the job: it may be listed now. */
export async function readUnlistedAgain(tx: Transaction, tenantId: string): Promise<void> {
  await tx.execute(
    'UPDATE lead SET compare_at = now() WHERE tenant_id = $1 AND unlisted AND compare_at IS NULL',
    [tenantId],
  );
}
