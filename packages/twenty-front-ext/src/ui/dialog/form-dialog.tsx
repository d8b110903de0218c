import { useLingui } from '@lingui/react/macro';
import type { ReactNode } from 'react';
import { Button } from 'twenty-ui/input';
import { Form } from '../form/form.tsx';
import type { ProblemLike } from '../states/problem-text.ts';
import { Dialog, DialogActions } from './dialog.tsx';

interface FormDialogProps {
  readonly title: string;
  readonly description?: string;
  readonly size?: 'small' | 'medium' | 'large';
  /** What happens with what is filled in, in its own word, e.g. "Invite". */
  readonly action: string;
  readonly danger?: boolean;
  /** Why the last attempt did not succeed. */
  readonly problem: ProblemLike | null;
  readonly busy: boolean;
  /** Something that is needed is not filled in yet. */
  readonly unfit?: boolean;
  readonly onSubmit: () => Promise<void>;
  readonly onClose: () => void;
  readonly children: ReactNode;
}

/** A modal window with fields and one thing to do with them. */
export function FormDialog({
  title,
  description,
  size = 'small',
  action,
  danger = false,
  problem,
  busy,
  unfit = false,
  onSubmit,
  onClose,
  children,
}: FormDialogProps) {
  const { t } = useLingui();
  return (
    <Dialog
      open
      title={title}
      size={size}
      onClose={onClose}
      {...(description === undefined ? {} : { description })}
    >
      <Form problem={problem} onSubmit={onSubmit}>
        {children}
        <DialogActions>
          <Button type="button" title={t`Cancel`} variant="secondary" onClick={onClose} />
          <Button
            type="submit"
            title={action}
            variant="primary"
            accent={danger ? 'danger' : 'blue'}
            disabled={busy || unfit}
          />
        </DialogActions>
      </Form>
    </Dialog>
  );
}
