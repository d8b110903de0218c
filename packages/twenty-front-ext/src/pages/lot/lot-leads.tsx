import { useLingui } from '@lingui/react/macro';
import { Link } from 'react-router-dom';
import { useMay } from '../../app/shell/tenant.tsx';
import type { LotLineFragment } from '../../generated/graphql.ts';
import { LeadFacts } from '../../parts/auction/lead-facts.tsx';
import { Card } from '../../ui/card/card.tsx';
import styles from './lot.module.css';

/** What is offered: nothing by which the person could be found, but for whoever may know it the way to the lead. */
export function LotLeads({
  lot: { leads, leadCount, currency, outcome },
}: {
  lot: LotLineFragment;
}) {
  const { t } = useLingui();
  // Who has bought them finds them with their contacts.
  const leadsOn = useMay('leads:read') && outcome?.isOwn !== true;
  return (
    <Card title={leadCount === 1 ? t`The lead` : t`Leads: ${leadCount}`}>
      <ol className={styles.leads}>
        {leads.map((lead, index) => (
          <li key={lead.leadId ?? index}>
            <LeadFacts lead={lead} currency={currency} />
            {leadsOn && lead.leadId !== null && (
              <Link to={`/leads/${lead.leadId}`}>{t`Open the lead`}</Link>
            )}
          </li>
        ))}
      </ol>
      {outcome === null && (
        <p className={styles.label}>{t`Name and contact are shown to the winner.`}</p>
      )}
    </Card>
  );
}
