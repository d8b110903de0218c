import { useMutation } from '@apollo/client/react';
import { Trans, useLingui } from '@lingui/react/macro';
import { IconAlertTriangle, IconInfoCircle } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { Link } from 'react-router-dom';
import { Button } from 'twenty-ui/input';
import { problemOf } from '../../app/data/problem.ts';
import { useMay } from '../../app/shell/tenant.tsx';
import { SetDealArchivedDocument } from '../../generated/graphql.ts';
import type { DealDetailFragment } from '../../generated/graphql.ts';
import { useFormat } from '../../ui/format/use-format.tsx';
import { useSnackbar } from '../../ui/snackbar/snackbar.tsx';
import { useProblemText } from '../../ui/states/problem-text.ts';
import styles from './deal-notices.module.css';

interface DealNoticesProps {
  readonly deal: DealDetailFragment;
  readonly gone: boolean;
  readonly onReload: () => void;
}

/** What a person has to know before doing anything with this deal; read aloud when it comes while the page is open. */
export function DealNotices({ deal, gone, onReload }: DealNoticesProps) {
  const { t } = useLingui();
  const format = useFormat();
  const { mergedInto, archivedAt, parkedReason } = deal;
  return (
    <div role="alert" className={styles.notices}>
      {gone && (
        <Notice
          action={
            <Button title={t`Look again`} variant="secondary" size="small" onClick={onReload} />
          }
        >
          <Trans>
            This deal is no longer there, or no longer yours to see. What is shown is how it was;
            nothing can be changed. <Link to="/deals">Go to all deals</Link>
          </Trans>
        </Notice>
      )}
      {mergedInto !== null && (
        <Notice>
          <Trans>
            This deal was merged into another one, which has its whole history.{' '}
            <Link to={`/deals/${mergedInto}`}>Open that deal</Link>
          </Trans>
        </Notice>
      )}
      {archivedAt !== null && mergedInto === null && !gone && (
        <Notice action={<Restore deal={deal} />}>
          <Trans>Archived {format.dateTime(archivedAt)}. Boards and figures leave it out.</Trans>
        </Notice>
      )}
      {parkedReason !== null && (
        <Notice danger>
          <Trans>
            The events of this deal could not be put together, so what is shown may be old. Tell an
            admin: {parkedReason}
          </Trans>
        </Notice>
      )}
    </div>
  );
}

function Restore({ deal: { id, version } }: { readonly deal: DealDetailFragment }) {
  const { t } = useLingui();
  const snackbar = useSnackbar();
  const textOf = useProblemText();
  const mayWrite = useMay('deals:write');
  const [setArchived, { loading }] = useMutation(SetDealArchivedDocument);
  if (!mayWrite) return null;
  const restore = (): void => {
    setArchived({ variables: { id, version, archived: false } }).then(
      () => snackbar.success(t`Restored`),
      (error: unknown) => snackbar.error(textOf(problemOf(error))),
    );
  };
  return (
    <Button
      title={t`Restore`}
      variant="secondary"
      size="small"
      disabled={loading}
      onClick={restore}
    />
  );
}

function Notice({
  danger = false,
  action,
  children,
}: {
  readonly danger?: boolean;
  readonly action?: ReactNode;
  readonly children: ReactNode;
}) {
  const Icon = danger ? IconAlertTriangle : IconInfoCircle;
  return (
    <div className={styles.notice} data-danger={danger}>
      <Icon size={16} aria-hidden />
      <p>{children}</p>
      {action}
    </div>
  );
}
