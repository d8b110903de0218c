import { Trans, useLingui } from '@lingui/react/macro';
import { IconKey } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { Button } from 'twenty-ui/input';
import { Dialog } from '../../ui/dialog/dialog.tsx';
import dialog from '../../ui/dialog/dialog.module.css';
import { Message } from '../../ui/states/message.tsx';
import { askHostForCode } from './host.ts';

/** An embedded page that was opened without a code that works. */
export function NoCode() {
  const { t } = useLingui();
  return (
    <Message
      Icon={IconKey}
      role="alert"
      title={t`This page could not be opened`}
      text={t`Its one-time code is missing, was used already or is too old. Open the page again where you found it.`}
      action={<Button title={t`Ask again`} variant="secondary" onClick={askHostForCode} />}
    />
  );
}

/** The session of an embedded page has ended: the page around it is asked for a new code, and what is open stays. */
export function CodeAgain() {
  const { t } = useLingui();
  const [open, setOpen] = useState(true);
  useEffect(() => askHostForCode(), []);
  return (
    <Dialog open={open} title={t`Your session has ended`} onClose={() => setOpen(false)}>
      <p>
        <Trans>
          The page around this one has been asked to sign you in again. If nothing happens, copy
          what you have typed and have not saved, then open this page again.
        </Trans>
      </p>
      <div className={dialog.actions}>
        <Button title={t`Show the page`} variant="secondary" onClick={() => setOpen(false)} />
        <Button title={t`Ask again`} variant="primary" accent="blue" onClick={askHostForCode} />
      </div>
    </Dialog>
  );
}
