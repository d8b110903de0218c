import { useMutation } from '@apollo/client/react';
import { Trans, useLingui } from '@lingui/react/macro';
import { useRef } from 'react';
import { Tag } from 'twenty-ui/data-display';
import { Button } from 'twenty-ui/input';
import { useTry } from '../../../app/data/use-try.ts';
import {
  ConnectorListDocument,
  DecideConnectorConflictDocument,
} from '../../../generated/graphql.ts';
import type { ConflictLineFragment, SyncSide } from '../../../generated/graphql.ts';
import { PersonName } from '../../../parts/people/person-name.tsx';
import { useFormat } from '../../../ui/format/use-format.tsx';
import { useSnackbar } from '../../../ui/snackbar/snackbar.tsx';
import { useValueText } from '../history/use-value-text.ts';
import { RecordName } from '../records/record-name.tsx';
import { useRecordTexts } from '../records/record-texts.ts';
import styles from './conflicts.module.css';

interface ConflictItemProps {
  readonly connector: string;
  /** Name of the other system. */
  readonly title: string;
  readonly conflict: ConflictLineFragment;
  /** Names of deals that are known. */
  readonly names: ReadonlyMap<string, string | null>;
}

/** One conflict: both versions beside each other, which of them is in force, and what a person decided or may decide. */
export function ConflictItem({ connector, title, conflict, names }: ConflictItemProps) {
  const { t } = useLingui();
  const texts = useRecordTexts();
  const { dateTime } = useFormat();
  const { entity, field, at } = conflict;
  return (
    <li className={styles.conflict}>
      <div>
        <RecordName connector={connector} record={conflict} names={names} />
        <span className={styles.fine}>
          {texts.field(field)} <code>{`${entity}.${field}`}</code>
          <span className={styles.when}>{dateTime(at)}</span>
        </span>
      </div>
      <dl className={styles.versions}>
        <Version title={t`In MaK`} conflict={conflict} side="mak" names={names} />
        <Version title={t`In ${title}`} conflict={conflict} side="remote" names={names} />
      </dl>
      <Decision connector={connector} conflict={conflict} sides={{ mak: t`MaK`, remote: title }} />
    </li>
  );
}

interface VersionProps extends Pick<ConflictItemProps, 'title' | 'conflict' | 'names'> {
  readonly side: SyncSide;
}

/** One of the versions, and whether it is in force now. */
function Version({ title, conflict, side, names }: VersionProps) {
  const { t } = useLingui();
  const valueText = useValueText(names);
  const { winner, decision, outdated } = conflict;
  const inForce = decision === null && !outdated && side === winner;
  return (
    <div>
      <dt className={styles.fine}>{title}</dt>
      <dd>{conflict.kept ? valueText(conflict[side]) : t`not kept`}</dd>
      {inForce && (
        <dd>
          <Tag color="green" text={t`in force`} />
        </dd>
      )}
    </div>
  );
}

interface DecisionProps extends Pick<ConflictItemProps, 'connector' | 'conflict'> {
  /** Names of both sides. */
  readonly sides: Readonly<Record<SyncSide, string>>;
}

function Decision({ connector, conflict, sides }: DecisionProps) {
  const { t } = useLingui();
  const snackbar = useSnackbar();
  const { busy, attempt } = useTry();
  const place = useRef<HTMLDivElement>(null);
  const [decide] = useMutation(DecideConnectorConflictDocument, {
    refetchQueries: [ConnectorListDocument],
  });
  const { id, winner, decision, kept, outdated } = conflict;
  const other = winner === 'mak' ? 'remote' : 'mak';
  const take = (side: SyncSide): (() => void) =>
    attempt(async () => {
      await decide({ variables: { key: connector, id, winner: side } });
      // The buttons are gone; who works by keyboard stays with this conflict.
      place.current?.focus();
      snackbar.success(
        side === winner ? t`It stands as it is.` : t`Both sides get the other version.`,
      );
    });
  const losing = sides[other];
  return (
    <div ref={place} tabIndex={-1} className={styles.decision}>
      {decision !== null && <Decided conflict={conflict} sides={sides} />}
      {decision === null && outdated && (
        <p className={styles.fine}>
          {t`The field was changed since. Write what you want on either side.`}
        </p>
      )}
      {decision === null && !outdated && !kept && (
        <p className={styles.fine}>
          {t`It says who a person is: no versions are kept. Write what you want on either side.`}
        </p>
      )}
      {decision === null && (
        <div className={styles.choices}>
          <Button
            title={t`Let it stand`}
            variant="secondary"
            size="small"
            disabled={busy}
            onClick={take(winner)}
          />
          {kept && !outdated && (
            <Button
              title={t`Take the version of ${losing}`}
              variant="secondary"
              size="small"
              disabled={busy}
              onClick={take(other)}
            />
          )}
        </div>
      )}
    </div>
  );
}

function Decided({ conflict, sides }: Pick<DecisionProps, 'conflict' | 'sides'>) {
  const { dateTime } = useFormat();
  const { decision, decidedBy, decidedAt } = conflict;
  if (decision === null || decidedBy === null || decidedAt === null) return null;
  const [side, when] = [sides[decision], dateTime(decidedAt)];
  return (
    <p>
      <Trans>
        Version of {side}, decided by <PersonName id={decidedBy} />
      </Trans>
      <br />
      <span className={styles.fine}>{when}</span>
    </p>
  );
}
