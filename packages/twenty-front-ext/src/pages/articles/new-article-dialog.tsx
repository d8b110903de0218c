import { useMutation } from '@apollo/client/react';
import { useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { useAttempt } from '../../app/data/use-attempt.ts';
import { useTenant } from '../../app/shell/tenant.tsx';
import { CreateArticleDocument } from '../../generated/graphql.ts';
import { FormDialog } from '../../ui/dialog/form-dialog.tsx';
import { inputOf, isReadable, NEW_ARTICLE } from '../../parts/articles/article-draft.ts';
import { ArticleFields } from '../../parts/articles/article-fields.tsx';

/** Adds something that is sold. */
export function NewArticleDialog({
  onClose,
  onMade,
}: {
  readonly onClose: () => void;
  readonly onMade: (id: string) => void;
}) {
  const { t } = useLingui();
  const { currency } = useTenant();
  const [draft, setDraft] = useState({ ...NEW_ARTICLE, currency });
  const { problem, busy, run } = useAttempt();
  const [create] = useMutation(CreateArticleDocument);
  const submit = async (): Promise<void> => {
    await run(async () => {
      const { data } = await create({ variables: { input: inputOf(draft) } });
      if (data === undefined || data === null) throw new Error('The answer has no data.');
      onMade(data.createArticle.id);
    });
  };
  return (
    <FormDialog
      size="medium"
      title={t`New article`}
      action={t`Create`}
      problem={problem}
      busy={busy}
      unfit={!isReadable(draft)}
      onSubmit={submit}
      onClose={onClose}
    >
      <ArticleFields value={draft} onChange={setDraft} />
    </FormDialog>
  );
}
