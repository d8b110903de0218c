import { Tag } from 'twenty-ui/data-display';
import type { SyncJournalKind } from '../../../generated/graphql.ts';
import { useEntryKinds } from './use-entry-kinds.ts';

const COLORS = {
  to_mak: 'blue',
  to_remote: 'green',
  conflict: 'orange',
  refused: 'yellow',
  dead: 'red',
  would_write: 'gray',
} as const;

export function EntryKind({
  kind,
  title,
}: {
  readonly kind: SyncJournalKind;
  readonly title: string;
}) {
  const kinds = useEntryKinds(title);
  return <Tag color={COLORS[kind]} text={kinds[kind]} />;
}
