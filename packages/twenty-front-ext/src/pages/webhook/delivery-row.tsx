import { useMutation } from '@apollo/client/react';
import { useLingui } from '@lingui/react/macro';
import { IconEye, IconSend, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import {
  DeliveryListDocument,
  DropDeliveryDocument,
  ReplayDeliveryDocument,
} from '../../generated/graphql.ts';
import type { DeliveryLineFragment } from '../../generated/graphql.ts';
import { ConfirmDialog } from '../../ui/dialog/confirm-dialog.tsx';
import { useFormat } from '../../ui/format/use-format.tsx';
import { MenuItem } from '../../ui/menu/menu.tsx';
import { RowMenu } from '../../ui/menu/row-menu.tsx';
import { useSnackbar } from '../../ui/snackbar/snackbar.tsx';
import { DeliveryStatusTag } from './delivery-status.tsx';
import { useTry } from '../../app/data/use-try.ts';
import styles from './webhook.module.css';

interface DeliveryRowProps {
  readonly delivery: DeliveryLineFragment;
  readonly onOpen: () => void;
}

export function DeliveryRow({ delivery, onOpen }: DeliveryRowProps) {
  const { t } = useLingui();
  const { dateTime } = useFormat();
  const { type, status, attempts, lastStatus, lastError, createdAt, deliveredAt } = delivery;
  return (
    <tr>
      <td>
        <button type="button" className={styles.type} onClick={onOpen}>
          {type}
        </button>
      </td>
      <td>
        <DeliveryStatusTag status={status} />
      </td>
      <td>{attempts}</td>
      <td>
        {lastStatus ?? ''} {status === 'delivered' ? '' : lastError}
      </td>
      <td>{dateTime(deliveredAt ?? createdAt)}</td>
      <td>
        {status === 'dead' ? (
          <DeadLetterMenu delivery={delivery} onOpen={onOpen} />
        ) : (
          <RowMenu label={t`Actions of ${type}`}>
            <MenuItem Icon={IconEye} onSelect={onOpen}>
              {t`Look at it`}
            </MenuItem>
          </RowMenu>
        )}
      </td>
    </tr>
  );
}

function DeadLetterMenu({ delivery: { id, type }, onOpen }: DeliveryRowProps) {
  const { t } = useLingui();
  const snackbar = useSnackbar();
  const { busy, attempt } = useTry();
  const again = { refetchQueries: [DeliveryListDocument] };
  const [replay] = useMutation(ReplayDeliveryDocument, again);
  const [drop] = useMutation(DropDeliveryDocument, again);
  const [dropping, setDropping] = useState(false);
  const doReplay = attempt(async () => {
    await replay({ variables: { id } });
    snackbar.success(t`It is on its way again.`);
  });
  const doDrop = attempt(async () => {
    await drop({ variables: { id } });
    setDropping(false);
    snackbar.success(t`The dead letter is dropped.`);
  });
  return (
    <>
      <RowMenu label={t`Actions of ${type}`}>
        <MenuItem Icon={IconEye} onSelect={onOpen}>
          {t`Look at it`}
        </MenuItem>
        <MenuItem Icon={IconSend} onSelect={doReplay}>
          {t`Send again`}
        </MenuItem>
        <MenuItem Icon={IconTrash} danger onSelect={() => setDropping(true)}>
          {t`Drop`}
        </MenuItem>
      </RowMenu>
      <ConfirmDialog
        open={dropping}
        title={t`Drop the dead letter?`}
        action={t`Drop`}
        danger
        busy={busy}
        onConfirm={doDrop}
        onClose={() => setDropping(false)}
      >
        <p>{t`The receiver never gets it. This cannot be undone.`}</p>
      </ConfirmDialog>
    </>
  );
}
