import { useApolloClient } from '@apollo/client/react';
import { useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { useVersionedSave } from '../../app/data/use-versioned-save.ts';
import { EditArticleDocument } from '../../generated/graphql.ts';
import type { ArticleDetailFragment } from '../../generated/graphql.ts';
import {
  changedFields,
  DRAFT_FIELDS,
  draftOf,
  isReadable,
  MONEY_FIELDS,
  partOf,
} from '../../parts/articles/article-draft.ts';
import type { ArticleDraft } from '../../parts/articles/article-draft.ts';
import { ArticleFields } from '../../parts/articles/article-fields.tsx';
import { useArticleTexts } from '../../parts/articles/use-article-texts.ts';
import { ValuesConflict } from '../../ui/conflict/values-conflict.tsx';
import { FormDialog } from '../../ui/dialog/form-dialog.tsx';
import { useSnackbar } from '../../ui/snackbar/snackbar.tsx';
import { useReadArticle } from './use-article.ts';

type Values = ArticleDraft & { readonly version: number };

const valuesOf = (article: ArticleDetailFragment): Values => ({
  ...draftOf(article),
  version: article.version,
});

/** Edits an article. What somebody else changes meanwhile stays; where both changed the same the person chooses. */
export function EditArticleDialog({
  article,
  onClose,
}: {
  readonly article: ArticleDetailFragment;
  readonly onClose: () => void;
}) {
  const { t } = useLingui();
  const client = useApolloClient();
  const snackbar = useSnackbar();
  const read = useReadArticle(article.id);
  const texts = useArticleTexts();
  const [draft, setDraft] = useState<ArticleDraft>(() => draftOf(article));
  const { problem, busy, conflict, save, keepMine, takeTheirs } = useVersionedSave<Values>({
    read: async () => valuesOf(await read()),
    send: async (version, changes) => {
      const fields = DRAFT_FIELDS.filter((field) => field in changes);
      const part = partOf({ ...draft, ...changes }, fields);
      const { data } = await client.mutate({
        mutation: EditArticleDocument,
        variables: { id: article.id, input: { ...part, version } },
      });
      if (data === undefined || data === null) throw new Error('The answer has no data.');
      return valuesOf(data.editArticle);
    },
    together: MONEY_FIELDS,
    onSaved: () => {
      snackbar.success(t`Saved`);
      onClose();
    },
  });
  const submit = async (): Promise<void> => {
    const fields = changedFields(draftOf(article), draft);
    if (fields.length === 0) onClose();
    else
      await save(
        valuesOf(article),
        Object.fromEntries(fields.map((field) => [field, draft[field]])),
      );
  };
  return (
    <>
      <FormDialog
        size="medium"
        title={t`Edit article`}
        action={t`Save`}
        problem={problem}
        busy={busy}
        unfit={!isReadable(draft)}
        onSubmit={submit}
        onClose={onClose}
      >
        <ArticleFields value={draft} onChange={setDraft} />
      </FormDialog>
      {conflict !== null && (
        <ValuesConflict
          rows={DRAFT_FIELDS.filter((field) => conflict.fields.includes(field)).map((field) => ({
            label: texts.fields[field],
            mine: texts.value({ ...draft, ...conflict.changes }, field),
            theirs: texts.value(conflict.now, field),
          }))}
          onKeepMine={() => void keepMine()}
          onTakeTheirs={() => void takeTheirs()}
        />
      )}
    </>
  );
}
