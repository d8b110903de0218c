import { useLingui } from '@lingui/react/macro';
import { IconPackage } from '@tabler/icons-react';
import { useParams } from 'react-router-dom';
import { Permitted } from '../../app/shell/permitted.tsx';
import type { ArticleDetailFragment } from '../../generated/graphql.ts';
import { revisionOf } from '../../parts/articles/article-revision.ts';
import { useArticleTexts } from '../../parts/articles/use-article-texts.ts';
import { SyncCard } from '../../parts/record-sync/sync-card.tsx';
import { Card } from '../../ui/card/card.tsx';
import { Fact, Facts } from '../../ui/facts/facts.tsx';
import { useFormat } from '../../ui/format/use-format.tsx';
import { Page } from '../../ui/page/page.tsx';
import { ErrorState } from '../../ui/states/error-state.tsx';
import { Loading } from '../../ui/states/loading.tsx';
import { Skeleton } from '../../ui/states/skeleton.tsx';
import { ArticleActions } from './article-actions.tsx';
import { StockCard } from './stock-card.tsx';
import { useArticle } from './use-article.ts';
import styles from './article-page.module.css';

/** Everything about one article; another article is another page. */
export function Component() {
  const { t } = useLingui();
  const { id = '' } = useParams();
  return (
    <Permitted permission="catalogue:read" otherwise={{ title: t`Article`, Icon: IconPackage }}>
      <ArticlePage key={id} id={id} />
    </Permitted>
  );
}

function ArticlePage({ id }: { readonly id: string }) {
  const { t } = useLingui();
  const { article, problem, reload } = useArticle(id);
  if (article === null)
    return (
      <Page title={t`Article`} Icon={IconPackage}>
        {problem === null ? <ArticleSkeleton /> : <ErrorState problem={problem} onRetry={reload} />}
      </Page>
    );
  return (
    <Page
      title={article.name}
      Icon={IconPackage}
      actions={<ArticleActions article={article} onChanged={reload} />}
    >
      {article.archived && (
        <p className={styles.notice} role="status">
          {t`This article is archived: it is not sold any more. What there is of it stays known.`}
        </p>
      )}
      <div className={styles.columns}>
        <div className={styles.column}>
          <FactsCard article={article} />
          <StockCard article={article} onCounted={reload} />
        </div>
        <div className={styles.column}>
          <SyncCard kind="article" id={id} revision={revisionOf(article)} />
        </div>
      </div>
    </Page>
  );
}

function FactsCard({ article }: { readonly article: ArticleDetailFragment }) {
  const { t } = useLingui();
  const format = useFormat();
  const { fields } = useArticleTexts();
  const { price, purchasePrice, currency, properties, updatedAt } = article;
  const money = (amount: number | null): string | null =>
    amount === null ? null : format.money(amount, currency ?? '');
  return (
    <Card title={t`Article`}>
      <Facts>
        <Fact name={fields.sku}>{article.sku}</Fact>
        <Fact name={fields.price}>{money(price)}</Fact>
        <Fact name={fields.purchasePrice}>{money(purchasePrice)}</Fact>
        <Fact name={fields.barcode}>{article.barcode}</Fact>
        <Fact name={fields.product}>{article.product}</Fact>
        <Fact name={fields.unit}>{article.unit ?? t`pieces`}</Fact>
        {properties.map(({ name, value }) => (
          <Fact key={name} name={name}>
            {value}
          </Fact>
        ))}
        <Fact name={t`Updated`}>{format.dateTime(updatedAt)}</Fact>
        {article.description !== null && (
          <Fact name={fields.description} wide>
            {article.description}
          </Fact>
        )}
      </Facts>
    </Card>
  );
}

function ArticleSkeleton() {
  return (
    <Loading>
      <div className={styles.columns}>
        <div className={styles.column}>
          <Skeleton height={200} />
          <Skeleton height={160} />
        </div>
        <div className={styles.column}>
          <Skeleton height={80} />
        </div>
      </div>
    </Loading>
  );
}
