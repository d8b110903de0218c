import { useQuery } from '@apollo/client/react';
import { useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { problemOf } from '../../app/data/problem.ts';
import { useMay } from '../../app/shell/tenant.tsx';
import { LeadsToSellDocument } from '../../generated/graphql.ts';
import { isForSale, KINDS_FOR_SALE } from '../../parts/auction/for-sale.ts';
import { SearchField } from '../../ui/search/search-field.tsx';
import { Section } from '../../ui/section/section.tsx';
import { ErrorState } from '../../ui/states/error-state.tsx';
import { Skeleton } from '../../ui/states/skeleton.tsx';
import { More, Table } from '../../ui/table/table.tsx';
import { LeadRow, NamedLeadRow } from './lead-row.tsx';
import type { DraftProps } from './new-lot-form.tsx';
import styles from './new-lot.module.css';

const FOR_SALE = { field: 'kind', is: KINDS_FOR_SALE };

interface LeadChoiceProps extends DraftProps {
  /** Leads that were chosen before the page was opened. They come first: nobody offers what is not seen. */
  readonly named: readonly string[];
}

/** The leads of the lot. Those of one lot have one seller. */
export function LeadChoice({ draft, onChange, errorOf, named }: LeadChoiceProps) {
  const { t } = useLingui();
  const may = useMay('leads:read');
  const [text, setText] = useState('');
  const { data, error, loading, refetch, fetchMore } = useQuery(LeadsToSellDocument, {
    variables: { filter: FOR_SALE, ...(text.trim() === '' ? {} : { text: text.trim() }) },
    skip: !may,
    notifyOnNetworkStatusChange: true,
    fetchPolicy: 'cache-and-network',
  });
  const page = data?.leads;
  const leads = page?.items.filter((lead) => isForSale(lead) && !named.includes(lead.id)) ?? [];
  const { leadIds } = draft;
  const wrong = errorOf('leadIds');
  const choiceOf = (id: string) => ({
    chosen: leadIds.includes(id),
    onToggle: () =>
      onChange({
        leadIds: leadIds.includes(id) ? leadIds.filter((one) => one !== id) : [...leadIds, id],
      }),
  });
  const some = named.length + leads.length > 0;
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
      {may && (
        <SearchField label={t`Whole name, number or e-mail`} value={text} onChange={setText} />
      )}
      {page === undefined && may && error === undefined && <Skeleton height={160} />}
      {page === undefined && error !== undefined && (
        <ErrorState problem={problemOf(error)} onRetry={() => void refetch()} />
      )}
      {page !== undefined && !some && page.next === null && text.trim() === '' && (
        <p>{t`There is no lead that could be offered. Leads that are new, in work, unsold or returned appear here.`}</p>
      )}
      {page !== undefined && leads.length === 0 && page.next === null && text.trim() !== '' && (
        <p>{t`No lead that could be offered fits. Names, numbers and addresses are found only when they are whole.`}</p>
      )}
      {page !== undefined && (some || page.next !== null) && (
        <div>
          <Table
            label={t`Leads to offer`}
            className={styles.leads}
            head={[t`Lead`, t`City`, t`Niche`, { numeric: t`Amount` }, t`Created`]}
          >
            {named.map((id) => (
              <NamedLeadRow key={id} id={id} {...choiceOf(id)} />
            ))}
            {leads.map((lead) => (
              <LeadRow key={lead.id} lead={lead} {...choiceOf(lead.id)} />
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
