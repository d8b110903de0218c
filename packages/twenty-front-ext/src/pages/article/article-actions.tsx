import { useApolloClient } from '@apollo/client/react';
import { useLingui } from '@lingui/react/macro';
import { IconArchive, IconArchiveOff, IconPencil } from '@tabler/icons-react';
import { useState } from 'react';
import { Button } from 'twenty-ui/input';
import { problemOf } from '../../app/data/problem.ts';
import { useTry } from '../../app/data/use-try.ts';
import { useMay } from '../../app/shell/tenant.tsx';
import { ArchiveArticleDocument } from '../../generated/graphql.ts';
import type { ArticleDetailFragment } from '../../generated/graphql.ts';
import { useSnackbar } from '../../ui/snackbar/snackbar.tsx';
import { EditArticleDialog } from './edit-article-dialog.tsx';
import { useReadArticle } from './use-article.ts';

/** What can be done with an article as a whole. */
export function ArticleActions({
  article,
  onChanged,
}: {
  readonly article: ArticleDetailFragment;
  readonly onChanged: () => void;
}) {
  const { t } = useLingui();
  const client = useApolloClient();
  const snackbar = useSnackbar();
  const read = useReadArticle(article.id);
  const { attempt, busy } = useTry();
  // The article as it was when somebody began to edit it.
  const [edited, setEdited] = useState<ArticleDetailFragment | null>(null);
  if (!useMay('catalogue:write')) return null;
  const { id, version, archived } = article;
  const send = (known: number) =>
    client.mutate({
      mutation: ArchiveArticleDocument,
      variables: { id, version: known, archived: !archived },
    });
  /** Somebody's edit meanwhile does not matter to it. */
  const archive = attempt(async () => {
    try {
      await send(version);
    } catch (error) {
      if (problemOf(error).code !== 'stale_version') throw error;
      await send((await read()).version);
    }
    snackbar.success(archived ? t`Restored` : t`Archived`);
    onChanged();
  });
  return (
    <>
      <Button
        Icon={IconPencil}
        title={t`Edit`}
        variant="secondary"
        size="small"
        onClick={() => setEdited(article)}
      />
      <Button
        Icon={archived ? IconArchiveOff : IconArchive}
        title={archived ? t`Restore` : t`Archive`}
        variant="secondary"
        size="small"
        disabled={busy}
        onClick={archive}
      />
      {edited !== null && <EditArticleDialog article={edited} onClose={() => setEdited(null)} />}
    </>
  );
}
