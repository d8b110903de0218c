import { useLingui } from '@lingui/react/macro';
import type { ReactNode } from 'react';
import { Button } from 'twenty-ui/input';
import { CopyButton } from '../copy-button/copy-button.tsx';
import { Dialog } from '../dialog/dialog.tsx';
import styles from './secret-dialog.module.css';

interface SecretDialogProps {
  readonly title: string;
  /** What it is for, and that it is shown this once. */
  readonly text: string;
  readonly values: readonly { readonly label: string; readonly value: string }[];
  readonly children?: ReactNode;
  readonly onClose: () => void;
}

/** Something that is shown once. It goes only when the person says so, not by a click beside it. */
export function SecretDialog({ title, text, values, children, onClose }: SecretDialogProps) {
  const { t } = useLingui();
  return (
    <Dialog open title={title} description={text} size="medium" onClose={null}>
      <dl className={styles.values}>
        {values.map(({ label, value }) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>
              <code>{value}</code>
              <CopyButton text={value} />
            </dd>
          </div>
        ))}
      </dl>
      {children}
      <div className={styles.actions}>
        <Button title={t`I have kept it`} variant="primary" accent="blue" onClick={onClose} />
      </div>
    </Dialog>
  );
}
