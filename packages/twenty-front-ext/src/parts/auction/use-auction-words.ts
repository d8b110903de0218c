import { useQuery } from '@apollo/client/react';
import { useLingui } from '@lingui/react/macro';
import { useMay } from '../../app/shell/tenant.tsx';
import { AuctionWordsDocument } from '../../generated/graphql.ts';
import type { LotLineFragment } from '../../generated/graphql.ts';
import { useFormat } from '../../ui/format/use-format.tsx';

export type MaskedLead = LotLineFragment['leads'][number];
type Band = MaskedLead['amountBand'];

interface Choice {
  readonly key: string;
  readonly title: string;
}

export interface AuctionWords {
  readonly cities: readonly Choice[];
  readonly niches: readonly Choice[];
  readonly sources: readonly Choice[];
  readonly city: (key: string) => string;
  readonly niche: (key: string) => string;
  readonly source: (key: string) => string;
  readonly band: (band: Band, currency: string) => string;
  /** What is offered, in one line: `Kyiv · Windows`. */
  readonly title: (lot: Pick<LotLineFragment, 'leads' | 'leadCount'>) => string;
  /** The same of a lot that only its name is known of. */
  readonly name: (lot: LotName) => string;
}

interface LotName {
  readonly cities: readonly string[];
  readonly niches: readonly string[];
  readonly leadCount: number;
}

const NONE: readonly Choice[] = [];

/** The tenant's own words for what is seen of a lead. Who may not see its lists sees their keys. */
export function useAuctionWords(): AuctionWords {
  const { t } = useLingui();
  const { shortMoney } = useFormat();
  const may = useMay('leads:read');
  const { data } = useQuery(AuctionWordsDocument, { skip: !may, fetchPolicy: 'cache-first' });
  const { cities = NONE, niches = NONE, sources = NONE } = data?.leadSettings ?? {};
  const among = (choices: readonly Choice[]) => (wanted: string) =>
    choices.find(({ key }) => key === wanted)?.title ?? wanted;
  const [city, niche] = [among(cities), among(niches)];
  const listed = (keys: readonly string[], named: (key: string) => string): string =>
    [...keys.slice(0, 2).map(named), ...(keys.length > 2 ? ['…'] : [])].join(', ');
  const name = ({ cities: where, niches: what, leadCount }: LotName): string => {
    const words = [listed(where, city), listed(what, niche)].filter((one) => one !== '');
    if (leadCount !== 1) words.push(t`Leads: ${leadCount}`);
    return words.length === 0 ? t`A lead` : words.join(' · ');
  };
  return {
    cities,
    niches,
    sources,
    city,
    niche,
    source: among(sources),
    band: (band, currency) => {
      if (band === null) return t`not known`;
      const { from, below } = band;
      if (from === null && below === null) return t`any amount`;
      if (from === null) return t`below ${shortMoney(below ?? 0, currency)}`;
      if (below === null) return t`from ${shortMoney(from, currency)}`;
      return `${shortMoney(from, currency)} – ${shortMoney(below, currency)}`;
    },
    title: ({ leads, leadCount }) =>
      name({
        cities: known(leads.map((lead) => lead.city)),
        niches: known(leads.map((lead) => lead.niche)),
        leadCount,
      }),
    name,
  };
}

/** Each once. */
function known(keys: readonly (string | null)[]): readonly string[] {
  return [...new Set(keys.filter((key) => key !== null))];
}
