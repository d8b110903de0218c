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
  readonly city: (key: string) => string;
  readonly niche: (key: string) => string;
  readonly source: (key: string) => string;
  readonly band: (band: Band, currency: string) => string;
  /** What is offered, in one line: `Kyiv · Windows`. */
  readonly title: (lot: Pick<LotLineFragment, 'leads' | 'leadCount'>) => string;
}

const NONE: readonly Choice[] = [];

/** The tenant's own words for what is seen of a lead. Who may not see its lists sees their keys. */
export function useAuctionWords(): AuctionWords {
  const { t } = useLingui();
  const { shortMoney } = useFormat();
  const may = useMay('leads:read');
  const { data } = useQuery(AuctionWordsDocument, { skip: !may, fetchPolicy: 'cache-first' });
  const { cities = NONE, niches = NONE, sources = NONE } = data?.leadSettings ?? {};
  const named = (choices: readonly Choice[]) => (wanted: string) =>
    choices.find(({ key }) => key === wanted)?.title ?? wanted;
  const [city, niche] = [named(cities), named(niches)];
  const listed = (keys: readonly (string | null)[], name: (key: string) => string): string => {
    const known = [...new Set(keys.filter((key) => key !== null))];
    return [...known.slice(0, 2).map(name), ...(known.length > 2 ? ['…'] : [])].join(', ');
  };
  return {
    cities,
    niches,
    city,
    niche,
    source: named(sources),
    band: (band, currency) => {
      if (band === null) return t`not known`;
      const { from, below } = band;
      if (from === null && below === null) return t`any amount`;
      if (from === null) return t`below ${shortMoney(below ?? 0, currency)}`;
      if (below === null) return t`from ${shortMoney(from, currency)}`;
      return `${shortMoney(from, currency)} – ${shortMoney(below, currency)}`;
    },
    title: ({ leads, leadCount }) => {
      const where = listed(
        leads.map((lead) => lead.city),
        city,
      );
      const what = listed(
        leads.map((lead) => lead.niche),
        niche,
      );
      const words = [where, what].filter((one) => one !== '').join(' · ');
      if (words === '') return leadCount === 1 ? t`A lead` : t`Leads: ${leadCount}`;
      return leadCount === 1 ? words : `${words} · ${t`Leads: ${leadCount}`}`;
    },
  };
}
