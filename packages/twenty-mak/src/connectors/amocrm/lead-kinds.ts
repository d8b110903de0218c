import type { Links } from '../sync/index.ts';
import type { AmocrmAccount } from './account.ts';
import { makIdIn } from './fields.ts';
import type { Lead } from './lead-values.ts';

/** amoCRM has one list of leads, MaK two kinds of records for it. */
export type LeadKind = 'deal' | 'office_lead';

/** Won and lost, in every pipeline. */
const CLOSED: readonly number[] = [142, 143];

type Account = Pick<AmocrmAccount, 'makIdField' | 'leadIdField' | 'leads'>;
type Linked = Pick<Links, 'localIds' | 'remoteIds'>;

/**
 * Those of these leads that are of a kind. What a lead is linked as it stays, wherever people move it; else it is what the id of
 * MaK's says that it carries, else what its pipeline says. A lead of MaK's that was closed before MaK has met it is nobody's.
 * People copy leads, and ids are copied with them: one that another lead there is linked with says nothing, and of a lead here it
 * is left out.
 */
export async function leadsOf<L extends Lead>(
  kind: LeadKind,
  leads: readonly L[],
  account: Account,
  links: Linked,
): Promise<readonly L[]> {
  const { makIdField, leadIdField } = account;
  // Nobody has ever had leads there.
  if (account.leads === null && leadIdField === null) return kind === 'deal' ? leads : [];
  const ids = leads.map(({ id }) => String(id));
  const deals = await links.localIds('deal', ids);
  const others = await links.localIds('office_lead', ids);
  const isFree = ({ id }: Lead): boolean => !deals.has(String(id)) && !others.has(String(id));
  const free = leads.filter(isFree);
  const isDeal = await marked(free, makIdField, 'deal', links);
  const isLead = await marked(free, leadIdField, 'office_lead', links);
  const kindOf = (lead: Lead): LeadKind | null => {
    const id = String(lead.id);
    if (deals.has(id)) return 'deal';
    if (others.has(id)) return 'office_lead';
    if (isDeal.has(lead)) return 'deal';
    return isLead.has(lead) ? 'office_lead' : placedAs(lead, account);
  };
  return leads
    .filter((lead) => kindOf(lead) === kind)
    .map((lead) => (isFree(lead) && !isLead.has(lead) ? without(lead, leadIdField) : lead));
}

/** Those that carry an id of MaK's with which no other lead there is linked. */
async function marked(
  leads: readonly Lead[],
  field: number | null,
  kind: LeadKind,
  links: Linked,
): Promise<ReadonlySet<Lead>> {
  const marks = new Map(
    leads.flatMap((lead): [Lead, string][] => {
      const id = field === null ? null : makIdIn(lead.custom_fields_values, field);
      return id === null ? [] : [[lead, id]];
    }),
  );
  if (marks.size === 0) return new Set();
  const taken = await links.remoteIds(kind, [...new Set(marks.values())]);
  return new Set([...marks].flatMap(([lead, id]) => (taken.has(id) ? [] : [lead])));
}

function without<L extends Lead>(lead: L, field: number | null): L {
  const { custom_fields_values: custom } = lead;
  return { ...lead, custom_fields_values: custom?.filter(({ field_id }) => field_id !== field) };
}

function placedAs({ pipeline_id, status_id }: Lead, { leads }: Account): LeadKind | null {
  if (leads?.pipelines.has(pipeline_id) !== true) return 'deal';
  return CLOSED.includes(status_id) ? null : 'office_lead';
}
