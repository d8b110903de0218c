import { useLingui } from '@lingui/react/macro';
import type { SyncJournalKind } from '../../../generated/graphql.ts';

/** What was done, in words; `title` is the name of the other system. */
export function useEntryKinds(title: string): Readonly<Record<SyncJournalKind, string>> {
  const { t } = useLingui();
  return {
    to_mak: t`Written to MaK`,
    to_remote: t`Written to ${title}`,
    conflict: t`Conflict`,
    refused: t`Refused`,
    dead: t`Dead letter`,
    would_write: t`Would be written`,
  };
}
