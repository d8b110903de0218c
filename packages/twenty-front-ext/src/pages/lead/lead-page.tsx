import { useLingui } from '@lingui/react/macro';
import { IconUserSearch } from '@tabler/icons-react';
import { Link, useParams } from 'react-router-dom';
import { useIsCompany } from '../../app/shell/is-company.ts';
import { Permitted } from '../../app/shell/permitted.tsx';
import { useMay } from '../../app/shell/tenant.tsx';
import type { LeadDetailFragment } from '../../generated/graphql.ts';
import { useLeadName } from '../../parts/leads/contact-name.ts';
import { useLeadWords } from '../../parts/leads/use-lead-words.ts';
import type { LeadWords } from '../../parts/leads/use-lead-words.ts';
import { Card } from '../../ui/card/card.tsx';
import { useFormat } from '../../ui/format/use-format.tsx';
import { Page } from '../../ui/page/page.tsx';
import { ErrorState } from '../../ui/states/error-state.tsx';
import { Loading } from '../../ui/states/loading.tsx';
import { Skeleton } from '../../ui/states/skeleton.tsx';
import { AuctionButton } from './auction-button.tsx';
import { ConsentCard } from './consent-card.tsx';
import { ContactCard } from './contact-card.tsx';
import { ConvertButton } from './convert-button.tsx';
import { HistoryCard } from './history-card.tsx';
import { Fact, LeadFields } from './lead-fields.tsx';
import { LeadState } from './lead-state.tsx';
import { useLead } from './use-lead.ts';
import styles from './lead-page.module.css';

/** Everything about one lead; another lead is another page. */
export function Component() {
  const { t } = useLingui();
  const { id = '' } = useParams();
  return (
    <Permitted permission="leads:read" otherwise={{ title: t`Lead`, Icon: IconUserSearch }}>
      <LeadPage key={id} id={id} />
    </Permitted>
  );
}

function LeadPage({ id }: { readonly id: string }) {
  const { t } = useLingui();
  const nameOf = useLeadName();
  const words = useLeadWords();
  const mayManage = useMay('leads:manage');
  const { lead, problem, reload } = useLead(id);
  if (lead === null || words.rules === null) {
    const failed = problem ?? words.problem;
    return (
      <Page title={t`Lead`} Icon={IconUserSearch}>
        {failed === null ? (
          <LeadSkeleton />
        ) : (
          <ErrorState problem={failed} onRetry={() => void reload().catch(() => undefined)} />
        )}
      </Page>
    );
  }
  return (
    <Page
      title={nameOf(lead)}
      Icon={IconUserSearch}
      actions={
        <>
          <AuctionButton lead={lead} />
          <ConvertButton lead={lead} />
        </>
      }
    >
      <LeadState lead={lead} words={words} />
      {lead.dealId !== null && (
        <p className={styles.notice}>
          {t`This lead has become a deal.`}
          <Link to={`/deals/${lead.dealId}`}>{t`Open the deal`}</Link>
        </p>
      )}
      {lead.duplicate && (
        <p className={styles.notice}>
          {t`There may be another lead of the same person. Look whether it is the same one.`}
          {mayManage && <Link to={`/leads/duplicates?lead=${lead.id}`}>{t`Compare them`}</Link>}
        </p>
      )}
      <div className={styles.columns}>
        <div className={styles.column}>
          <ContactCard lead={lead} words={words} />
          <FactsCard lead={lead} words={words} />
        </div>
        <div className={styles.column}>
          <ConsentCard lead={lead} />
          <HistoryCard lead={lead} words={words} />
        </div>
      </div>
    </Page>
  );
}

function FactsCard({
  lead,
  words,
}: {
  readonly lead: LeadDetailFragment;
  readonly words: LeadWords;
}) {
  const { t } = useLingui();
  const format = useFormat();
  const isCompany = useIsCompany();
  const { externalRefs } = lead.facts;
  return (
    <Card title={t`Lead`}>
      <LeadFields
        lead={lead}
        words={words}
        fields={[
          'city',
          'niche',
          'legalForm',
          'amount',
          'handling',
          ...(isCompany ? [] : (['responsible', 'title', 'score'] as const)),
          'source',
          ...(isCompany ? [] : (['partner'] as const)),
        ]}
      >
        {!isCompany && <Fact name={t`Buyer`}>{lead.buyer?.name}</Fact>}
        {externalRefs.length > 0 && (
          <Fact name={t`Known as`}>
            {externalRefs.map(({ system, id }) => `${system}: ${id}`).join(', ')}
          </Fact>
        )}
        <Fact name={t`Created`}>{format.dateTime(lead.createdAt)}</Fact>
        <Fact name={t`Updated`}>{format.dateTime(lead.updatedAt)}</Fact>
      </LeadFields>
    </Card>
  );
}

function LeadSkeleton() {
  return (
    <Loading>
      <Skeleton height={32} />
      <div className={styles.columns}>
        <div className={styles.column}>
          <Skeleton height={120} />
          <Skeleton height={240} />
        </div>
        <div className={styles.column}>
          <Skeleton height={80} />
          <Skeleton height={280} />
        </div>
      </div>
    </Loading>
  );
}
