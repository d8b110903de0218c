import { Toast } from '@base-ui/react/toast';
import { useLingui } from '@lingui/react/macro';
import { IconAlertTriangle, IconCircleCheck, IconInfoCircle, IconX } from '@tabler/icons-react';
import { useMemo } from 'react';
import type { ReactNode } from 'react';
import styles from './snackbar.module.css';

type Kind = 'success' | 'error' | 'info';

export interface SnackbarAction {
  readonly label: string;
  readonly run: () => void;
}

export interface Snackbar {
  readonly success: (text: string, action?: SnackbarAction) => void;
  readonly error: (text: string, action?: SnackbarAction) => void;
  readonly info: (text: string, action?: SnackbarAction) => void;
}

/** Reading time in milliseconds; longer when there is something to press. */
const SHOWN = { plain: 5_000, withAction: 10_000 } as const;

const ICONS = { success: IconCircleCheck, error: IconAlertTriangle, info: IconInfoCircle } as const;

/** Short messages at the edge of the window, read aloud by screen readers. */
export function SnackbarProvider({ children }: { readonly children: ReactNode }) {
  return (
    <Toast.Provider limit={3}>
      {children}
      <Toast.Portal>
        <Toast.Viewport className={styles.viewport}>
          <Messages />
        </Toast.Viewport>
      </Toast.Portal>
    </Toast.Provider>
  );
}

function Messages() {
  const { t } = useLingui();
  const { toasts } = Toast.useToastManager();
  return toasts.map((toast) => {
    const Icon = ICONS[toast.type as Kind];
    return (
      <Toast.Root key={toast.id} toast={toast} className={styles.message} data-kind={toast.type}>
        <Icon size={16} aria-hidden />
        <Toast.Description className={styles.text} />
        <Toast.Action className={styles.action} />
        <Toast.Close className={styles.close} aria-label={t`Close`}>
          <IconX size={14} aria-hidden />
        </Toast.Close>
      </Toast.Root>
    );
  });
}

export function useSnackbar(): Snackbar {
  const { add } = Toast.useToastManager();
  return useMemo(() => {
    const show =
      (type: Kind) =>
      (text: string, action?: SnackbarAction): void => {
        add({
          type,
          description: text,
          timeout: action === undefined ? SHOWN.plain : SHOWN.withAction,
          // Of high priority it is read at once, but hidden from screen readers until it has the focus: a button in it
          // could not be found.
          priority: type === 'error' && action === undefined ? 'high' : 'low',
          ...(action === undefined
            ? {}
            : { actionProps: { children: action.label, onClick: action.run } }),
        });
      };
    return { success: show('success'), error: show('error'), info: show('info') };
  }, [add]);
}
