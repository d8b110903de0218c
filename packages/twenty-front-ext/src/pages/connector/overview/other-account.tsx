import { useMutation } from '@apollo/client/react';
import { Trans, useLingui } from '@lingui/react/macro';
import { IconLink } from '@tabler/icons-react';
import { useState } from 'react';
import { Link } from 'react-router-dom';
import { Button } from 'twenty-ui/input';
import { useTry } from '../../../app/data/use-try.ts';
import { ResumeConnectorDocument } from '../../../generated/graphql.ts';
import type { ConnectorLineFragment } from '../../../generated/graphql.ts';
import { ConfirmDialog } from '../../../ui/dialog/confirm-dialog.tsx';
import { CheckboxField } from '../../../ui/form/checkbox-field.tsx';
import { useSnackbar } from '../../../ui/snackbar/snackbar.tsx';
import { connectorPath } from '../tabs.ts';
import styles from '../connector.module.css';

/** It was stopped because its account looks like another one: what an admin can do in either case. */
export function OtherAccount({
  connector: { key, version, title },
}: {
  readonly connector: ConnectorLineFragment;
}) {
  const { t } = useLingui();
  const snackbar = useSnackbar();
  const { busy, attempt } = useTry();
  const [resume] = useMutation(ResumeConnectorDocument);
  const [asked, setAsked] = useState(false);
  const [sure, setSure] = useState(false);
  const close = (): void => {
    setAsked(false);
    setSure(false);
  };
  const goOn = attempt(async () => {
    await resume({ variables: { key, version, sameAccount: true } });
    close();
    snackbar.success(t`It goes on with what has waited.`);
  });
  return (
    <>
      <div role="alert" className={styles.reason}>
        <p>
          {t`This looks like another account of ${title} than the one whose records are linked. Nothing is read or written until you decide.`}
        </p>
        <ul>
          <li>
            <Trans>
              If it is another one: give the access to the first account back under{' '}
              <Link to={connectorPath(key, 'settings')}>Settings</Link> and resume. To work with the
              new one, disconnect {title} and connect it anew; what is linked is forgotten then.
            </Trans>
          </li>
          <li>
            {t`If it is the same one, and only what is set up in it was made anew: say so, and MaK goes on with what is linked.`}
          </li>
        </ul>
      </div>
      <div>
        <Button
          Icon={IconLink}
          title={t`It is the same account`}
          variant="secondary"
          size="small"
          onClick={() => setAsked(true)}
        />
      </div>
      <ConfirmDialog
        open={asked}
        title={t`Is it the same account of ${title}?`}
        action={t`Go on with this account`}
        ready={sure}
        busy={busy}
        onConfirm={goOn}
        onClose={close}
      >
        <div className={styles.asked}>
          <p>
            <Trans>
              MaK knows an account again by what is set up in it, such as statuses and sources. Most
              of that is different now.
            </Trans>
          </p>
          <p>
            <Trans>
              Another account gives the numbers of its records to other records. MaK would take
              those for the linked ones, and write over them and over its own. This cannot be
              undone.
            </Trans>
          </p>
          <CheckboxField
            label={t`I have looked into ${title}: it is the same account`}
            checked={sure}
            onChange={setSure}
          />
        </div>
      </ConfirmDialog>
    </>
  );
}
