import { Trans, useLingui } from '@lingui/react/macro';
import type { ConnectorLineFragment } from '../../generated/graphql.ts';
import { useFormat } from '../../ui/format/use-format.tsx';
import { Progress } from '../../ui/progress/progress.tsx';
import { resyncProgress } from './resync.ts';
import styles from './connectors.module.css';

/** How far a resync has come; nothing when none is under way. */
export function ResyncBar({
  connector,
}: {
  readonly connector: Pick<ConnectorLineFragment, 'resync'>;
}) {
  const { t } = useLingui();
  const { number } = useFormat();
  const progress = resyncProgress(connector);
  if (progress === null) return null;
  const [done, of] = [number(progress.done), number(progress.of)];
  return (
    <div className={styles.resync}>
      <p>
        {progress.listing ? (
          <Trans>
            Full resync: looking through all records, {done} of {of} compared so far.
          </Trans>
        ) : (
          <Trans>
            Full resync: {done} of {of} records compared.
          </Trans>
        )}
      </p>
      <Progress label={t`Full resync`} share={progress.share} />
    </div>
  );
}
