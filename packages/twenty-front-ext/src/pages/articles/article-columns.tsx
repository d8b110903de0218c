import { useLingui } from '@lingui/react/macro';
import { useMemo } from 'react';
import type { RecordSyncs } from '../../parts/record-sync/use-record-syncs.ts';
import { useSyncColumn } from '../../parts/record-sync/use-sync-column.tsx';
import type { DataColumn } from '../../ui/data-table/columns.ts';
import { useFormat } from '../../ui/format/use-format.tsx';
import type { ArticleRow } from './use-article-pages.ts';

/** What can be seen of an article in the list. */
export function useArticleColumns(syncs: RecordSyncs): readonly DataColumn<ArticleRow>[] {
  const { t } = useLingui();
  const format = useFormat();
  const sync = useSyncColumn<ArticleRow>(syncs);
  return useMemo(() => {
    const sum = ({ stocks, unit }: ArticleRow, field: 'quantity' | 'reserved'): string => {
      if (stocks.length === 0) return '';
      // Three decimals are kept; a sum of such has no more.
      const all = stocks.reduce((total, stock) => total + Math.round(stock[field] * 1_000), 0);
      return [format.number(all / 1_000), unit].filter((one) => one !== null).join(' ');
    };
    return [
      {
        key: 'name',
        title: t({ message: 'Name', context: 'of an article' }),
        width: 260,
        fixed: true,
        sort: 'name',
        text: ({ name }) => name,
        href: ({ id }) => `/articles/${id}`,
      },
      {
        key: 'sku',
        title: t({ message: 'Number', context: 'of an article' }),
        width: 140,
        sort: 'sku',
        text: ({ sku }) => sku,
      },
      {
        key: 'price',
        title: t`Price`,
        width: 120,
        align: 'end',
        text: ({ price, currency }) => (price === null ? '' : format.money(price, currency ?? '')),
      },
      {
        key: 'stock',
        title: t`In stock`,
        width: 110,
        align: 'end',
        text: (article) => sum(article, 'quantity'),
      },
      {
        key: 'reserved',
        title: t`Reserved`,
        width: 110,
        align: 'end',
        optional: true,
        text: (article) => sum(article, 'reserved'),
      },
      { key: 'product', title: t`Product`, width: 160, text: ({ product }) => product ?? '' },
      {
        key: 'updated',
        title: t`Updated`,
        width: 120,
        sort: 'updated_at',
        text: ({ updatedAt }) => format.date(updatedAt),
      },
      ...sync,
    ];
  }, [t, format, sync]);
}
