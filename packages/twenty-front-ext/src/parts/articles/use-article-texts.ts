import { useLingui } from '@lingui/react/macro';
import type { ArticleDraft } from './article-draft.ts';

interface ArticleTexts {
  readonly fields: Readonly<Record<keyof ArticleDraft, string>>;
  /** A field of a draft in words, to compare two of them. */
  readonly value: (draft: ArticleDraft, field: keyof ArticleDraft) => string;
}

/** Words for what is known about an article. */
export function useArticleTexts(): ArticleTexts {
  const { t } = useLingui();
  return {
    fields: {
      name: t({ message: 'Name', context: 'of an article' }),
      sku: t({ message: 'Number', context: 'of an article' }),
      barcode: t`Barcode`,
      unit: t`Unit`,
      product: t`Product`,
      price: t`Price`,
      purchasePrice: t`Purchase price`,
      currency: t`Currency`,
      description: t`Description`,
      properties: t`Properties`,
    },
    value: (draft, field) =>
      field === 'properties'
        ? draft.properties.map(({ name, value }) => `${name}: ${value}`).join(', ') || t`empty`
        : draft[field] || t`empty`,
  };
}
