import { useQuery } from '@apollo/client/react';
import { useLingui } from '@lingui/react/macro';
import { useDeferredValue, useState } from 'react';
import { problemOf } from '../../app/data/problem.ts';
import { FindArticlesDocument } from '../../generated/graphql.ts';
import type { FindArticlesQuery } from '../../generated/graphql.ts';
import { ComboboxField } from '../../ui/combobox/combobox-field.tsx';
import { useProblemText } from '../../ui/states/problem-text.ts';

export type FoundArticle = FindArticlesQuery['articles']['nodes'][number];

/** Finds an article by its name or number; the field is empty again when one was chosen. */
export function ArticleFinder({
  onChoose,
}: {
  readonly onChoose: (article: FoundArticle) => void;
}) {
  const { t } = useLingui();
  const [text, setText] = useState('');
  // A chosen one leaves an empty field behind.
  const [chosen, setChosen] = useState(0);
  const searched = useDeferredValue(text.trim());
  const textOf = useProblemText();
  const { data, previousData, loading, error } = useQuery(FindArticlesDocument, {
    variables: searched === '' ? {} : { text: searched },
  });
  const found = (data ?? previousData)?.articles.nodes ?? [];
  return (
    <ComboboxField
      key={chosen}
      label={t`Add an article`}
      placeholder={t`Name or beginning of the number`}
      {...(error === undefined ? {} : { error: textOf(problemOf(error)) })}
      value={null}
      options={found.map(({ id, sku, name }) => ({ value: id, label: `${sku} · ${name}` }))}
      loading={loading && data === undefined}
      onSearch={setText}
      onChange={(option) => {
        const article = found.find(({ id }) => id === option?.value);
        if (article === undefined) return;
        setText('');
        setChosen((count) => count + 1);
        onChoose(article);
      }}
    />
  );
}
