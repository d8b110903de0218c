import { useLingui } from '@lingui/react/macro';
import { IconTargetArrow } from '@tabler/icons-react';
import { useParams } from 'react-router-dom';
import { useMay } from '../../app/shell/tenant.tsx';
import { useDealEdits } from '../../parts/deal-edits/use-deal-edits.tsx';
import { Page } from '../../ui/page/page.tsx';
import { ErrorState } from '../../ui/states/error-state.tsx';
import { DealActions } from './deal-actions.tsx';
import { DealFields } from './deal-fields.tsx';
import { DealNotices } from './deal-notices.tsx';
import { DealSkeleton } from './deal-skeleton.tsx';
import { GatesCard } from './gates-card.tsx';
import { LinksCard } from './links-card.tsx';
import { PeopleCard } from './people-card.tsx';
import { QualificationCards } from './qualification-cards.tsx';
import { SlaCard } from './sla-card.tsx';
import { StagePath } from './stage-path.tsx';
import { TimelineCard } from './timeline-card.tsx';
import { useDeal } from './use-deal.ts';
import styles from './deal-page.module.css';

/** Everything about one deal; another deal is another page. */
export function Component() {
  const { id = '' } = useParams();
  return <DealPage key={id} id={id} />;
}

function DealPage({ id }: { readonly id: string }) {
  const { t } = useLingui();
  const { deal, rules, problem, gone, revision, reload } = useDeal(id);
  const { save, dialog } = useDealEdits(reload);
  const mayWrite = useMay('deals:write');

  if (deal === null) {
    return (
      <Page title={t`Deal`} Icon={IconTargetArrow}>
        {problem === null ? <DealSkeleton /> : <ErrorState problem={problem} onRetry={reload} />}
      </Page>
    );
  }
  const fixed = gone || deal.mergedInto !== null;
  const editable = mayWrite && !fixed;
  const pipeline = rules?.definition ?? null;
  return (
    <Page
      title={deal.name ?? t`Deal without a name`}
      Icon={IconTargetArrow}
      actions={<DealActions deal={deal} rules={rules} fixed={fixed} onChanged={reload} />}
    >
      <DealNotices deal={deal} gone={gone} onReload={reload} />
      <DealFields deal={deal} editable={editable} onSave={save} />
      <StagePath pipeline={pipeline} stage={deal.stage} since={deal.stageStartedAt} />
      <div className={styles.columns}>
        <div className={styles.column}>
          <GatesCard deal={deal} />
          <SlaCard runs={deal.slaRuns} />
          <PeopleCard deal={deal} pipeline={pipeline} editable={editable} />
          <QualificationCards deal={deal} editable={editable} />
          <LinksCard deal={deal} />
        </div>
        <div className={styles.column}>
          <TimelineCard id={id} pipeline={pipeline} revision={revision} writable={editable} />
        </div>
      </div>
      {dialog}
    </Page>
  );
}
