import { useQuery } from '@apollo/client/react';
import { useLingui } from '@lingui/react/macro';
import { useTenant } from '../../app/shell/tenant.tsx';
import { AuctionRulesDocument } from '../../generated/graphql.ts';
import { useAuctionWords } from '../../parts/auction/use-auction-words.ts';
import { useLotKinds } from '../../parts/auction/lot-state.tsx';
import { SelectField } from '../../ui/form/select-field.tsx';
import type { Option } from '../../ui/form/select-field.tsx';
import type { LotView } from './lot-view.ts';
import styles from './auction.module.css';

interface LotFiltersProps {
  readonly view: LotView;
  readonly onChange: (change: Partial<LotView>) => void;
}

/** Which lots are shown. */
export function LotFilters({ view, onChange }: LotFiltersProps) {
  const { t } = useLingui();
  const kinds = useLotKinds();
  const { cities, niches, sources } = useAuctionWords();
  const bands = useBands();
  const { phase, kind, city, niche, source, amountBand } = view;
  const choices = (
    all: string,
    known: readonly { key: string; title: string }[],
    chosen: string | null,
  ): Option[] => {
    const options = known.map(({ key, title }) => ({ value: key, label: title }));
    const isKnown = chosen === null || known.some(({ key }) => key === chosen);
    return [
      { value: '', label: all },
      ...options,
      ...(isKnown ? [] : [{ value: chosen, label: chosen }]),
    ];
  };
  const orNull = (value: string): string | null => (value === '' ? null : value);
  return (
    <div className={styles.filters} role="search" aria-label={t`Lots`}>
      <SelectField
        label={t`Shown`}
        value={phase}
        options={[
          { value: 'active', label: t`Open and upcoming` },
          { value: 'closed', label: t`Over` },
        ]}
        onChange={(next) => onChange({ phase: next })}
      />
      <SelectField
        label={t`City`}
        value={city ?? ''}
        options={choices(t`All cities`, cities, city)}
        onChange={(next) => onChange({ city: orNull(next) })}
      />
      <SelectField
        label={t`Niche`}
        value={niche ?? ''}
        options={choices(t`All niches`, niches, niche)}
        onChange={(next) => onChange({ niche: orNull(next) })}
      />
      <SelectField
        label={t`Source`}
        value={source ?? ''}
        options={choices(t`All sources`, sources, source)}
        onChange={(next) => onChange({ source: orNull(next) })}
      />
      <SelectField
        label={t`Amount`}
        value={amountBand === null ? '' : String(amountBand)}
        options={choices(t`All amounts`, bands, amountBand === null ? null : String(amountBand))}
        onChange={(next) => onChange({ amountBand: next === '' ? null : Number(next) })}
      />
      <SelectField
        label={t`Kind`}
        value={kind ?? 'all'}
        options={[
          { value: 'all', label: t`All kinds` },
          { value: 'ascending', label: kinds.ascending },
          { value: 'sealed', label: kinds.sealed },
          { value: 'descending', label: kinds.descending },
        ]}
        onChange={(next) => onChange({ kind: next === 'all' ? null : next })}
      />
    </div>
  );
}

/** The bands of amounts, by where they begin. One that holds everything is no choice. */
function useBands(): readonly { readonly key: string; readonly title: string }[] {
  const { currency } = useTenant();
  const { band } = useAuctionWords();
  const { data } = useQuery(AuctionRulesDocument, { fetchPolicy: 'cache-first' });
  const bounds = (data?.auctionRules.amountBands ?? []).toSorted((one, other) => one - other);
  if (bounds.length === 0) return [];
  return [null, ...bounds].map((from, index) => ({
    key: String(from ?? 0),
    title: band({ from, below: bounds[index] ?? null }, currency),
  }));
}
