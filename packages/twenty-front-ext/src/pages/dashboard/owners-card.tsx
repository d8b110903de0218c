import { Trans, useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { Link } from 'react-router-dom';
import { NOBODY } from '../../parts/deal-filters/deal-filters.ts';
import { PersonName } from '../../parts/people/person-name.tsx';
import { Card } from '../../ui/card/card.tsx';
import { sumText } from '../../ui/format/sum-text.ts';
import { useFormat } from '../../ui/format/use-format.tsx';
import { TextButton } from '../../ui/text-button/text-button.tsx';
import { ScrollBox } from '../../ui/scroll/scroll-box.tsx';
import type { Dashboard, DealLinks } from './deal-links.ts';
import styles from './dashboard.module.css';

interface OwnersCardProps {
  readonly owners: Dashboard['owners'];
  readonly links: DealLinks;
}

/** Owners that are shown at first. */
const FIRST = 10;

/** Deals, sums and breaches by who owns the deal now. */
export function OwnersCard({ owners, links }: OwnersCardProps) {
  const { t } = useLingui();
  const format = useFormat();
  const [all, setAll] = useState(false);
  const shown = all ? owners : owners.slice(0, FIRST);
  return (
    <Card title={t`Owners`}>
      <ScrollBox>
        <table className={styles.table}>
          <thead>
            <tr>
              <th scope="col">{t`Owner`}</th>
              <th scope="col">{t`Deals`}</th>
              <th scope="col">{t`Sums`}</th>
              <th scope="col">{t`Breached clocks`}</th>
            </tr>
          </thead>
          <tbody>
            {shown.map(({ ownerId, deals, sums, sum, breached }) => (
              <tr key={ownerId ?? NOBODY}>
                <th scope="row">{ownerId === null ? t`Nobody` : <PersonName id={ownerId} />}</th>
                <td>{linked(ownerId, deals, t`deals`)}</td>
                <td>{linked(ownerId, sumText({ sums, sum }, format), t`altogether`)}</td>
                <td>{linked(ownerId, breached, t`breached clocks`, { runStatus: 'breached' })}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollBox>
      {shown.length < owners.length && (
        <TextButton onClick={() => setAll(true)}>
          <Trans>Show all {owners.length}</Trans>
        </TextButton>
      )}
    </Card>
  );

  function linked(
    owner: string | null,
    figure: number | string,
    of: string,
    narrowed: { readonly runStatus?: 'breached' } = {},
  ) {
    if (figure === 0 || figure === '') return figure;
    return (
      <Link to={links.created({ owner: owner ?? NOBODY, ...narrowed })}>
        {typeof figure === 'number' ? format.number(figure) : figure}
        <span className="visually-hidden"> {of}</span>
      </Link>
    );
  }
}
