import { useLingui } from '@lingui/react/macro';
import { IconPencil, IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { Button, IconButton } from 'twenty-ui/input';
import { useTry } from '../../app/data/use-try.ts';
import { useMay } from '../../app/shell/tenant.tsx';
import type { ArticleDetailFragment } from '../../generated/graphql.ts';
import { Card } from '../../ui/card/card.tsx';
import { useFormat } from '../../ui/format/use-format.tsx';
import { Table } from '../../ui/table/table.tsx';
import { CountDialog } from './count-dialog.tsx';
import { stockOf } from './count-draft.ts';
import { useReadArticle } from './use-article.ts';
import styles from './article-page.module.css';

type Stock = ArticleDetailFragment['stocks'][number];

/** How many there are, by warehouse. */
export function StockCard({
  article,
  onCounted,
}: {
  readonly article: ArticleDetailFragment;
  readonly onCounted: () => void;
}) {
  const { t } = useLingui();
  const format = useFormat();
  const mayWrite = useMay('catalogue:write');
  const read = useReadArticle(article.id);
  const { attempt } = useTry();
  const { stocks } = article;
  const [counted, setCounted] = useState<Stock | 'new' | null>(null);
  /** The page may have been open for long, so it is looked how many there are now. */
  const count = (stock: Stock): (() => void) =>
    attempt(async () => setCounted(stockOf((await read()).stocks, stock.warehouse) ?? stock));
  return (
    <Card
      title={t`Stock`}
      action={
        mayWrite && (
          <Button
            Icon={IconPlus}
            title={t`Add a warehouse`}
            variant="tertiary"
            size="small"
            onClick={() => setCounted('new')}
          />
        )
      }
    >
      {stocks.length === 0 ? (
        <p className={styles.quiet}>{t`Nobody has counted it yet.`}</p>
      ) : (
        <Table
          label={t`Stock`}
          head={[t`Warehouse`, { numeric: t`In stock` }, { numeric: t`Reserved` }, t`Counted`]}
          actions={mayWrite}
        >
          {stocks.map((stock) => (
            <tr key={stock.warehouse}>
              <td>{stock.warehouse}</td>
              <td data-numeric>{format.number(stock.quantity)}</td>
              <td data-numeric>{format.number(stock.reserved)}</td>
              <td>{format.dateTime(stock.countedAt)}</td>
              {mayWrite && (
                <td>
                  <IconButton
                    Icon={IconPencil}
                    variant="tertiary"
                    size="small"
                    ariaLabel={t`Count anew: ${stock.warehouse}`}
                    onClick={count(stock)}
                  />
                </td>
              )}
            </tr>
          ))}
        </Table>
      )}
      {counted !== null && (
        <CountDialog
          article={article}
          stock={counted === 'new' ? null : counted}
          onClose={() => setCounted(null)}
          onCounted={onCounted}
        />
      )}
    </Card>
  );
}
