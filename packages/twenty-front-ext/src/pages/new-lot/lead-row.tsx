import { useQuery } from '@apollo/client/react';
import { useLingui } from '@lingui/react/macro';
import { Link } from 'react-router-dom';
import { NamedLeadToSellDocument } from '../../generated/graphql.ts';
import type { LeadToSellFragment } from '../../generated/graphql.ts';
import { useAuctionWords } from '../../parts/auction/use-auction-words.ts';
import { useFormat } from '../../ui/format/use-format.tsx';
import styles from './new-lot.module.css';

interface ChoiceProps {
  readonly chosen: boolean;
  readonly onToggle: () => void;
}

/** A lead that can be chosen; its page, which says who it is, opens beside the form. */
export function LeadRow({
  lead,
  chosen,
  onToggle,
}: ChoiceProps & { readonly lead: LeadToSellFragment }) {
  const { t } = useLingui();
  const { money, date } = useFormat();
  const words = useAuctionWords();
  const { id, title, city, niche, amount, currency, source, createdAt } = lead;
  const day = date(createdAt);
  const name = title ?? t`Lead from ${words.source(source)}`;
  return (
    <tr>
      <td>
        <label className={styles.lead}>
          <input type="checkbox" checked={chosen} onChange={onToggle} />
          {name}
        </label>
      </td>
      <td>{city === null ? '–' : words.city(city)}</td>
      <td>{niche === null ? '–' : words.niche(niche)}</td>
      <td data-numeric>{amount === null || currency === null ? '–' : money(amount, currency)}</td>
      <td className={styles.day}>
        <Link to={`/leads/${id}`} target="_blank" rel="noreferrer" aria-label={`${day}: ${name}`}>
          {day}
        </Link>
      </td>
    </tr>
  );
}

/** A lead that the address names, wherever it would stand in the list; nothing of one that is not there to be seen. */
export function NamedLeadRow({ id, ...choice }: ChoiceProps & { readonly id: string }) {
  const { data } = useQuery(NamedLeadToSellDocument, { variables: { id } });
  return data === undefined ? null : <LeadRow lead={data.lead} {...choice} />;
}
