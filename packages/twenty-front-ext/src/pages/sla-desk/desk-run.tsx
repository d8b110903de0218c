import { Trans, useLingui } from '@lingui/react/macro';
import { IconCheck, IconStarFilled, IconUserShare } from '@tabler/icons-react';
import { Link } from 'react-router-dom';
import { Button } from 'twenty-ui/input';
import { useAccountId, useMay } from '../../app/shell/tenant.tsx';
import type { DeskRunFragment } from '../../generated/graphql.ts';
import { usePersonName } from '../../parts/people/person-name.tsx';
import { usePipeline } from '../../parts/pipelines/use-pipeline.ts';
import { StageTag } from '../../parts/pipelines/stage-tag.tsx';
import { SlaClock } from '../../ui/clock/sla-clock.tsx';
import { useFormat } from '../../ui/format/use-format.tsx';
import styles from './sla-desk.module.css';

export interface DeskRunActions {
  readonly onAcknowledge: (run: DeskRunFragment, acknowledged: boolean) => void;
  readonly onReassign: (run: DeskRunFragment) => void;
}

/** One open run: how late it is, of which deal, and whom it waits for. */
export function DeskRun({
  run,
  onAcknowledge,
  onReassign,
}: DeskRunActions & { readonly run: DeskRunFragment }) {
  const { t } = useLingui();
  const { deal, dealId, timer, timerTitle, accountable, dueAt, personName, personId, state } = run;
  const pipeline = usePipeline(deal?.pipeline ?? null);
  const mayAcknowledge = useMay('sla:write');
  const mayGive = useMay(run.task === null ? 'deals:write' : 'sla:write');
  const name = deal?.name ?? t`Deal without a name`;
  return (
    <li className={styles.run}>
      <span className={styles.clock}>
        <SlaClock dueAt={dueAt} />
      </span>
      <span className={styles.deal}>
        <Link to={`/deals/${dealId}`} className={styles.name}>
          {name}
        </Link>
        {deal !== null && <StageTag pipeline={pipeline} stage={deal.stage} />}
        {deal?.client != null && (
          <span className={styles.client}>
            <Link to={`/clients/${deal.client.id}`}>{deal.client.name}</Link>
            {deal.client.keyAccount && (
              <IconStarFilled
                size={12}
                className={styles.star}
                role="img"
                aria-label={t`Key account`}
              />
            )}
          </span>
        )}
      </span>
      <span className={styles.timer}>
        {timerTitle ?? timer}
        {accountable.length > 0 && (
          <span className={styles.quiet}>{t`accountable: ${accountable.join(', ')}`}</span>
        )}
      </span>
      <span className={styles.waits}>
        {personName ?? personId ?? <span className={styles.quiet}>{t`nobody`}</span>}
        <Acknowledged run={run} />
      </span>
      <span className={styles.buttons}>
        {state === 'breached' && mayAcknowledge && (
          <AcknowledgeButton run={run} name={name} onAcknowledge={onAcknowledge} />
        )}
        {mayGive && deal !== null && (
          <Button
            Icon={IconUserShare}
            title={t`Reassign`}
            ariaLabel={t`Reassign ${name}`}
            variant="secondary"
            size="small"
            onClick={() => onReassign(run)}
          />
        )}
      </span>
    </li>
  );
}

function Acknowledged({
  run: { acknowledgedAt, acknowledgedBy },
}: {
  readonly run: DeskRunFragment;
}) {
  const format = useFormat();
  const name = usePersonName(acknowledgedBy);
  if (acknowledgedAt === null) return null;
  const at = format.dateTime(acknowledgedAt);
  return (
    <span className={styles.quiet}>
      <Trans>
        seen by {name}, {at}
      </Trans>
    </span>
  );
}

function AcknowledgeButton({
  run,
  name,
  onAcknowledge,
}: Pick<DeskRunActions, 'onAcknowledge'> & {
  readonly run: DeskRunFragment;
  readonly name: string;
}) {
  const { t } = useLingui();
  const account = useAccountId();
  const { acknowledgedAt, acknowledgedBy } = run;
  if (acknowledgedAt === null)
    return (
      <Button
        Icon={IconCheck}
        title={t`Acknowledge`}
        ariaLabel={t`Acknowledge ${name}`}
        variant="secondary"
        size="small"
        onClick={() => onAcknowledge(run, true)}
      />
    );
  // Who said it takes it back.
  if (acknowledgedBy !== account) return null;
  return (
    <Button
      title={t`Take back`}
      ariaLabel={t`Take back the acknowledgement of ${name}`}
      variant="tertiary"
      size="small"
      onClick={() => onAcknowledge(run, false)}
    />
  );
}
