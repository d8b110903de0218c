import { ScrollArea } from '@base-ui/react/scroll-area';
import type { ReactNode } from 'react';

/** What is too wide for its place and scrolls sideways, by keyboard too. */
export function ScrollBox({ children }: { readonly children: ReactNode }) {
  return (
    <ScrollArea.Root>
      <ScrollArea.Viewport>{children}</ScrollArea.Viewport>
    </ScrollArea.Root>
  );
}
