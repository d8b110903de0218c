import { IconInbox } from '@tabler/icons-react';
import type { ComponentType, ReactNode } from 'react';
import { Message } from './message.tsx';

interface EmptyStateProps {
  readonly Icon?: ComponentType<{ size?: number; stroke?: number }>;
  readonly title: string;
  /** What would be here, and how it gets here. */
  readonly text?: ReactNode;
  readonly action?: ReactNode;
}

export function EmptyState({ Icon = IconInbox, ...message }: EmptyStateProps) {
  return <Message Icon={Icon} {...message} />;
}
