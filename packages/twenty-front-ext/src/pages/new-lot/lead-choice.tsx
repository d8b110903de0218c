import { useQuery } from '@apollo/client/react';
import { useLingui } from '@lingui/react/macro';
import { problemOf } from '../../app/data/problem.ts';
import { useMay } from '../../app/shell/tenant.tsx';
import { LeadsToSellDocument } from '../../generated/graphql.ts';
import type { LeadsToSellQuery } from '../../generated/graphql.ts';
import { useAuctionWords } from '../../parts/auction/use-auction-words.ts';
import { useFormat } from '../../ui/format/use-format.tsx';
import { Section } from '../../ui/section/section.tsx';
import { ErrorState } from '../../ui/states/error-state.tsx';
import { Skeleton } from '../../ui/states/skeleton.tsx';
import { More, Table } from '../../ui/table/table.tsx';
import type { DraftProps } from './new-lot-form.tsx';
import styles from './new-lot.module.css';

type Line = LeadsToSellQuery['leads']['items'][number];

/** Kinds of status from which a lead may be put on auction. */
const FOR_SALE = { field: 'kind', is: ['new', 'working', 'unsold', 'returned'] };

/** What a company has, or has sold, is no longer there to be offered. */
function isForSale({ buyerId, changeable }: Line): boolean {
  return buyerId === null && changeable;
}

/** The leads of the lot. Those of one lot have one seller. */
export function LeadChoice({ draft, onChange, errorOf }: DraftProps) {
  const { t } = useLingui();
  const may = useMay('leads:read');
  const { data, error, loading, refetch, fetchMore } = useQuery(LeadsToSellDocument, {
    variables: { filter: FOR_SALE },
    skip: !may,
    notifyOnNetworkStatusChange: true,
    fetchPolicy: 'cache-and-network',
  });
  const page = data?.leads;
  const leads = page?.items.filter(isForSale) ?? [];
  const { leadIds } = draft;
  const wrong = errorOf('leadIds');
  const toggle = (id: string): void =>
    onChange({
      leadIds: leadIds.includes(id) ? leadIds.filter((one) => one !== id) : [...leadIds, id],
    });
  return (
    <Section
      title={t`Leads`}
      text={t`Chosen: ${leadIds.length}. Bidders see no name and no contact before they win.`}
    >
      {wrong !== null && (
        <p role="alert" className={styles.wrong}>
          {wrong}
        </p>
      )}
      {!may && <p>{t`Your role does not show leads.`}</p>}
      {page === undefined && may && error === undefined && <Skeleton height={160} />}
      {page === undefined && error !== undefined && (
        <ErrorState problem={problemOf(error)} onRetry={() => void refetch()} />
      )}
      {page !== undefined && leads.length === 0 && page.next === null && (
        <p>{t`There is no lead that could be offered. Leads that are new, in work, unsold or returned appear here.`}</p>
      )}
      {page !== undefined && (leads.length > 0 || page.next !== null) && (
        <div>
          <Table
            label={t`Leads to offer`}
            className={styles.leads}
            head={[t`Lead`, t`City`, t`Niche`, { numeric: t`Amount` }, t`Created`]}
          >
            {leads.map((lead) => (
              <LeadRow
                key={lead.id}
                lead={lead}
                chosen={leadIds.includes(lead.id)}
                onToggle={() => toggle(lead.id)}
              />
            ))}
          </Table>
          <More
            next={page.next}
            busy={loading}
            onMore={(cursor) => void fetchMore({ variables: { cursor } })}
          />
        </div>
      )}
    </Section>
  );
}

interface LeadRowProps {
  readonly lead: Line;
  readonly chosen: boolean;
  readonly onToggle: () => void;
}

function LeadRow({ lead, chosen, onToggle }: LeadRowProps) {
  const { t } = useLingui();
  const { money, date } = useFormat();
  const words = useAuctionWords();
  const { title, city, niche, amount, currency, source, createdAt } = lead;
  return (
    <tr>
      <td>
        <label className={styles.lead}>
          <input type="checkbox" checked={chosen} onChange={onToggle} />
          {title ?? t`Lead from ${words.source(source)}`}
        </label>
      </td>
      <td>{city === null ? '–' : words.city(city)}</td>
      <td>{niche === null ? '–' : words.niche(niche)}</td>
      <td data-numeric>{amount === null || currency === null ? '–' : money(amount, currency)}</td>
      <td className={styles.day}>{date(createdAt)}</td>
    </tr>
  );
}
