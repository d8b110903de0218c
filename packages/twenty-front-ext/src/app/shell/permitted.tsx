import type { ComponentProps, ReactNode } from 'react';
import { Page } from '../../ui/page/page.tsx';
import { ErrorState } from '../../ui/states/error-state.tsx';
import { useMay } from './tenant.tsx';

interface PermittedProps {
  readonly permission: string;
  /** The page as the others see it. */
  readonly otherwise: Pick<ComponentProps<typeof Page>, 'title' | 'Icon'>;
  readonly children: ReactNode;
}

/** A page for those who may see it. The others are told; nothing is asked of the server for them. */
export function Permitted({ permission, otherwise, children }: PermittedProps) {
  if (useMay(permission)) return children;
  return (
    <Page {...otherwise}>
      <ErrorState problem={FORBIDDEN} />
    </Page>
  );
}

const FORBIDDEN = { code: 'forbidden', reason: 'Your role does not allow this.' };
