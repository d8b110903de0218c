import { useLingui } from '@lingui/react/macro';
import type { ReactNode } from 'react';

interface LoadingProps {
  readonly className?: string | undefined;
  /** The outline of what is to come. */
  readonly children: ReactNode;
}

/** Something that loads; a screen reader hears one word. */
export function Loading({ className, children }: LoadingProps) {
  const { t } = useLingui();
  return (
    <div className={className} role="status" aria-busy aria-label={t`Loading`}>
      {children}
    </div>
  );
}
