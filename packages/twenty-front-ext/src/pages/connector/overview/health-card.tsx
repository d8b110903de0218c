import { useMutation } from '@apollo/client/react';
import { useLingui } from '@lingui/react/macro';
import { IconPlayerPause, IconPlayerPlay } from '@tabler/icons-react';
import { Button } from 'twenty-ui/input';
import { useTry } from '../../../app/data/use-try.ts';
import { PauseConnectorDocument, ResumeConnectorDocument } from '../../../generated/graphql.ts';
import type { ConnectorLineFragment } from '../../../generated/graphql.ts';
import { useLagText } from '../../../parts/connectors/use-lag-text.ts';
import { Card } from '../../../ui/card/card.tsx';
import { useFormat } from '../../../ui/format/use-format.tsx';
import { useSnackbar } from '../../../ui/snackbar/snackbar.tsx';
import { useRecordTexts } from '../records/record-texts.ts';
import { OtherAccount } from './other-account.tsx';
import styles from '../connector.module.css';

/** Whether it works, how far it is behind, and the button that stops it or lets it go on. */
export function HealthCard({ connector }: { readonly connector: ConnectorLineFragment }) {
  const { t } = useLingui();
  const { dateTime, number, percent } = useFormat();
  const lagText = useLagText();
  const { title, reason, reasonCode, silence, entities, health, dryRun, pollSeconds, heardAt } =
    connector;
  const records = useRecordTexts();
  const { lagSeconds, successRate, writtenDay, refusedDay, linked, lastSyncedAt, polledAt } =
    health;
  const time = (at: string | null): string => (at === null ? '–' : dateTime(at));
  const lines: readonly (readonly [string, string])[] = [
    [t`Oldest that waits`, lagText(lagSeconds)],
    [t`Success in 24 hours`, successRate === null ? '–' : percent(successRate)],
    [t`Written in 24 hours`, number(writtenDay)],
    [t`Refused in 24 hours`, number(refusedDay)],
    [t`Linked records`, number(linked)],
    [t`Last sync`, time(lastSyncedAt)],
    [t`Last asked for changes`, time(polledAt)],
    ...(connector.hasMessages
      ? [[t`Last message`, heardAt === null ? t`never` : dateTime(heardAt)] as const]
      : []),
  ];
  return (
    <Card title={t`Health`} action={<PauseOrResume connector={connector} />}>
      {reasonCode === 'other_account' && <OtherAccount connector={connector} />}
      {reasonCode === null && reason !== null && (
        <p role="alert" className={styles.reason}>
          {reason}
        </p>
      )}
      {silence !== null && (
        <div className={styles.notice}>
          <p>
            {t`${title} tells of no changes by itself: they are found by asking, every ${pollSeconds} s.`}
          </p>
          <p className={styles.text}>{silence}</p>
        </div>
      )}
      {entities.map(({ name, absent }) => {
        const kind = records.kind(name);
        return (
          absent !== null && (
            <div key={name} className={styles.notice}>
              <p>{t`${kind} wait, all else goes on: ${title} has no records for them now.`}</p>
              <p className={styles.text}>{absent}</p>
            </div>
          )
        );
      })}
      {dryRun && (
        <p className={styles.text}>
          {t`Dry run: nothing is written to either side; the history tells what would be.`}
        </p>
      )}
      <dl className={styles.facts}>
        {lines.map(([label, text]) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>{text}</dd>
          </div>
        ))}
      </dl>
    </Card>
  );
}

function PauseOrResume({
  connector: { key, version, state },
}: {
  readonly connector: ConnectorLineFragment;
}) {
  const { t } = useLingui();
  const snackbar = useSnackbar();
  const { busy, attempt } = useTry();
  const [pause] = useMutation(PauseConnectorDocument);
  const [resume] = useMutation(ResumeConnectorDocument);
  const variables = { key, version };
  const running = state === 'running';
  const doPause = attempt(async () => {
    await pause({ variables });
    snackbar.success(t`Paused. Changes wait until it goes on.`);
  });
  const doResume = attempt(async () => {
    await resume({ variables });
    snackbar.success(t`It goes on with what has waited.`);
  });
  return (
    <Button
      Icon={running ? IconPlayerPause : IconPlayerPlay}
      title={running ? t`Pause` : t`Resume`}
      variant="secondary"
      size="small"
      disabled={busy}
      onClick={running ? doPause : doResume}
    />
  );
}
