import { Plural, useLingui } from '@lingui/react/macro';
import type { ReactNode } from 'react';
import styles from './auction.module.css';
import { useAuctionWords } from './use-auction-words.ts';
import type { MaskedLead } from './use-auction-words.ts';

interface LeadFactsProps {
  readonly lead: MaskedLead;
  readonly currency: string;
  /** Without city and niche, where the heading says them. */
  readonly short?: boolean;
}

/** All that is seen of a lead before it is bought. */
export function LeadFacts({ lead, currency, short = false }: LeadFactsProps) {
  const { t } = useLingui();
  const words = useAuctionWords();
  const { city, niche, source, amountBand, ageInDays, score } = lead;
  const age = ageInDays === 0 ? t`today` : <Plural value={ageInDays} one="# day" other="# days" />;
  const facts: (readonly [string, ReactNode] | null)[] = [
    short || city === null ? null : [t`City`, words.city(city)],
    short || niche === null ? null : [t`Niche`, words.niche(niche)],
    [t`Amount`, words.band(amountBand, currency)],
    [t`Source`, words.source(source)],
    [t`Age`, age],
    score === null ? null : [t`Score`, score],
  ];
  return (
    <dl className={styles.facts}>
      {facts.map((fact) =>
        fact === null ? null : (
          <div key={fact[0]}>
            <dt>{fact[0]}</dt>
            <dd>{fact[1]}</dd>
          </div>
        ),
      )}
    </dl>
  );
}
