import { useApolloClient } from '@apollo/client/react';
import { useLingui } from '@lingui/react/macro';
import { IconArchive, IconArchiveOff, IconArrowMerge, IconPencil } from '@tabler/icons-react';
import { useState } from 'react';
import { useNavigate } from 'react-router-dom';
import { Button } from 'twenty-ui/input';
import { problemOf } from '../../app/data/problem.ts';
import { useSession } from '../../app/session/session-context.ts';
import { useMay } from '../../app/shell/tenant.tsx';
import {
  ClientNowDocument,
  EditClientDocument,
  SetClientArchivedDocument,
} from '../../generated/graphql.ts';
import type { ClientDetailFragment, EditableClientFragment } from '../../generated/graphql.ts';
import { ClientDialog } from '../../parts/client-edits/client-dialog.tsx';
import { changedFields, draftOf, inputOf } from '../../parts/client-edits/client-draft.ts';
import { useSnackbar } from '../../ui/snackbar/snackbar.tsx';
import { useProblemText } from '../../ui/states/problem-text.ts';
import { MergeDialog } from './merge-dialog.tsx';

interface ClientActionsProps {
  readonly client: ClientDetailFragment;
  readonly onChanged: () => void;
}

/** Roles that merge nothing. */
const OUTSIDE: ReadonlySet<string> = new Set(['partner', 'franchisee']);

/** What can be done with a client as a whole; all but a merge can be undone. */
export function ClientActions({ client, onChanged }: ClientActionsProps) {
  const { t } = useLingui();
  // The client as it was when somebody began to edit it.
  const [edited, setEdited] = useState<EditableClientFragment | null>(null);
  const { undoEdit, setArchived } = useClientChanges(onChanged);
  const [merging, setMerging] = useState(false);
  const snackbar = useSnackbar();
  const navigate = useNavigate();
  const { membership } = useSession();
  if (!useMay('deals:write') || client.mergedInto !== null) return null;
  const archived = client.archivedAt !== null;
  return (
    <>
      <Button
        Icon={IconPencil}
        title={t`Edit`}
        variant="secondary"
        size="small"
        onClick={() => setEdited(client)}
      />
      <Button
        Icon={archived ? IconArchiveOff : IconArchive}
        title={archived ? t`Restore` : t`Archive`}
        variant="secondary"
        size="small"
        onClick={() => setArchived(client, !archived)}
      />
      {!OUTSIDE.has(membership.role) && (
        <Button
          Icon={IconArrowMerge}
          title={t`Merge`}
          variant="secondary"
          size="small"
          onClick={() => setMerging(true)}
        />
      )}
      {merging && (
        <MergeDialog
          client={client}
          onClose={() => setMerging(false)}
          onMerged={(survivor) => {
            setMerging(false);
            snackbar.success(t`Merged`);
            if (survivor.id === client.id) onChanged();
            else navigate(`/clients/${survivor.id}`, { replace: true });
          }}
        />
      )}
      {edited !== null && (
        <ClientDialog
          client={edited}
          onClose={() => setEdited(null)}
          onSaved={(after) => {
            setEdited(null);
            onChanged();
            if (after.version === edited.version) return;
            snackbar.success(t`Saved`, { label: t`Undo`, run: () => undoEdit(edited, after) });
          }}
        />
      )}
    </>
  );
}

function useClientChanges(onChanged: () => void) {
  const { t } = useLingui();
  const apollo = useApolloClient();
  const snackbar = useSnackbar();
  const textOf = useProblemText();
  const tell = (error: unknown): void => {
    onChanged();
    snackbar.error(textOf(problemOf(error)));
  };

  /** Gives the fields back their values; refused when somebody has changed the client since. */
  const undoEdit = (before: EditableClientFragment, after: EditableClientFragment): void => {
    const draft = draftOf(before);
    const fields = changedFields(draft, draftOf(after));
    const input = { ...inputOf(draft, fields), version: after.version };
    apollo
      .mutate({ mutation: EditClientDocument, variables: { id: before.id, input } })
      .then(() => {
        onChanged();
        snackbar.success(t`Undone`);
      })
      .catch(tell);
  };

  /** Somebody's edit meanwhile does not matter to it. */
  const setArchived = (client: EditableClientFragment, archived: boolean): void => {
    const attempt = async (version: number): Promise<EditableClientFragment | undefined> => {
      const { data } = await apollo.mutate({
        mutation: SetClientArchivedDocument,
        variables: { id: client.id, version, archived },
      });
      return data?.archiveClient;
    };
    const current = async (): Promise<number> => {
      const { data } = await apollo.query({
        query: ClientNowDocument,
        variables: { id: client.id },
        fetchPolicy: 'network-only',
      });
      return data?.client.version ?? client.version;
    };
    attempt(client.version)
      .catch(async (error: unknown) => {
        if (problemOf(error).code !== 'stale_version') throw error;
        return attempt(await current());
      })
      .then((after) => {
        onChanged();
        snackbar.success(archived ? t`Archived` : t`Restored`, {
          label: t`Undo`,
          run: () => setArchived(after ?? client, !archived),
        });
      })
      .catch(tell);
  };
  return { undoEdit, setArchived };
}
