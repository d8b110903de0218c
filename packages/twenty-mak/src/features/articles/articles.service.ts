import { Inject, Injectable } from '@nestjs/common';
import { countStock, editArticle, NEW_ARTICLE } from 'twenty-mak-domain';
import type { ArticleChanges } from 'twenty-mak-domain';
import { z } from 'zod';
import { scopeOf } from '../../platform/auth/index.ts';
import type { Principal } from '../../platform/auth/index.ts';
import { Database } from '../../platform/database/index.ts';
import type { Transaction } from '../../platform/database/index.ts';
import {
  accepted,
  forbidden,
  notFound,
  RefusalError,
  staleVersion,
} from '../../platform/errors/index.ts';
import { creationId } from '../../platform/idempotency/index.ts';
import { Bus, OUTBOX_CHANNEL } from '../../platform/outbox/index.ts';
import { RecordFeed } from '../../platform/records/index.ts';
import { instantKey, pageOf, readCursor, textKey } from '../../platform/validation/index.ts';
import type { Page } from '../../platform/validation/index.ts';
import { Audit } from '../audit/index.ts';
import { presentOf } from '../tenants/index.ts';
import { announceChanged, announceCounted, announceCreated } from './article-events.ts';
import { articleAnswer } from './articles.dto.ts';
import type { CountStocks, CreateArticle, EditArticle, ListArticles } from './articles.dto.ts';
import {
  findArticle,
  findStocks,
  idOfSku,
  insertArticle,
  listArticles,
  lockArticles,
  saveStocks,
  updateArticle,
} from './articles.repository.ts';
import type { ArticleRow, ArticleSort, StockRow } from './articles.repository.ts';

/** What a tenant sells, and how much of it there is. */
@Injectable()
export class ArticlesService {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Bus) private readonly bus: Bus,
    @Inject(RecordFeed) private readonly feed: RecordFeed,
  ) {}

  /** One page. */
  async list(principal: Principal, request: ListArticles): Promise<Page<ArticleRow>> {
    const { sort: named, limit, cursor, ...filter } = request;
    const sort = readSort(named);
    const value = sort.field === 'updated_at' ? instantKey : textKey;
    const after =
      cursor === undefined
        ? null
        : readCursor(z.tuple([z.literal(named), value, z.uuid()]), cursor);
    const position = after === null ? null : { value: after[1], id: after[2] };
    const rows = await this.database.within(scopeOf(principal), (tx) =>
      listArticles(tx, principal.tenantId, filter, sort, position, limit + 1),
    );
    return pageOf(rows, limit, (row) => [named, row[sort.field], row.id]);
  }

  /** Throws `not_found`. */
  async one(principal: Principal, id: string): Promise<ArticleRow> {
    const row = await this.database.within(scopeOf(principal), (tx) =>
      findArticle(tx, principal.tenantId, id),
    );
    if (row === undefined) throw notFound('article');
    return row;
  }

  /** What there is of articles, by warehouse, in the order of the ids. */
  async stocks(principal: Principal, ids: readonly string[]): Promise<readonly StockRow[]> {
    return this.database.within(scopeOf(principal), (tx) =>
      findStocks(tx, principal.tenantId, ids),
    );
  }

  /** Refuses with `sku_taken`, and as the domain does. */
  async create(principal: Principal, input: CreateArticle): Promise<ArticleRow> {
    const { tenantId } = principal;
    refuseOutside(principal);
    const { article } = accepted(editArticle(NEW_ARTICLE, input));
    const id = creationId();
    const row = await this.database.within({ tenantId }, async (tx) => {
      await refuseTaken(tx, tenantId, article.sku);
      const made = await insertArticle(tx, tenantId, id, article);
      announceCreated(tx, tenantId, made, await presentOf(tx, tenantId));
      this.feed.changed(tx, tenantId, 'article', [{ id, urgency: 'person', fields: [] }]);
      await Audit.record(tx, principal, 'article.created', 'article', id, { sku: made.sku });
      return made;
    });
    this.bus.ring(OUTBOX_CHANNEL, tenantId);
    return row;
  }

  /** Nothing happens when the article is so already. Refuses with `stale_version` and as `create` does. */
  async edit(principal: Principal, id: string, edit: EditArticle): Promise<ArticleRow> {
    const { version, ...changes } = edit;
    return this.change(principal, id, version, changes);
  }

  /** Takes an article out of what is sold, or brings it back. What there is of it stays known. */
  async setArchived(
    principal: Principal,
    id: string,
    version: number,
    archived: boolean,
  ): Promise<ArticleRow> {
    return this.change(principal, id, version, { archived });
  }

  /**
   * Takes over what was counted, all of it or nothing. Gives how many lines differed. Refuses with `unknown_article` and
   * `repeated_stock`.
   */
  async count(principal: Principal, { stocks }: CountStocks): Promise<number> {
    const { tenantId } = principal;
    refuseOutside(principal);
    const changed = await this.database.within({ tenantId }, async (tx) => {
      const articles = await lockArticles(tx, tenantId, [...new Set(stocks.map(({ sku }) => sku))]);
      const idOf = new Map(articles.map(({ id, sku }) => [sku, id]));
      const counted = stocks.map(({ sku, ...line }, index) => {
        const article = idOf.get(sku);
        if (article === undefined) throw unknownArticle(index);
        return { article, ...line };
      });
      const known = await findStocks(tx, tenantId, [...idOf.values()]);
      const lines = accepted(countStock(known, counted)).changed;
      if (lines.length === 0) return 0;
      const revisions = await saveStocks(tx, tenantId, lines);
      announceCounted(tx, tenantId, { lines, revisions, at: await presentOf(tx, tenantId) });
      const fed = { urgency: 'system', fields: ['stocks'] } as const;
      this.feed.changed(
        tx,
        tenantId,
        'article',
        [...revisions.keys()].map((id) => ({ id, ...fed })),
      );
      await Audit.record(tx, principal, 'article.counted', 'article', null, {
        lines: lines.length,
      });
      return lines.length;
    });
    if (changed > 0) this.bus.ring(OUTBOX_CHANNEL, tenantId);
    return changed;
  }

  private async change(
    principal: Principal,
    id: string,
    version: number,
    changes: ArticleChanges,
  ): Promise<ArticleRow> {
    const { tenantId } = principal;
    refuseOutside(principal);
    const row = await this.database.within({ tenantId }, async (tx) => {
      const before = await findArticle(tx, tenantId, id, true);
      if (before === undefined) throw notFound('article');
      if (before.version !== version)
        throw staleVersion(articleAnswer(before), { version, ...changes });
      const { article, changed } = accepted(editArticle(fieldsOf(before), changes));
      if (changed.length === 0) return before;
      if (changed.includes('sku')) await refuseTaken(tx, tenantId, article.sku);
      const after = await updateArticle(tx, tenantId, id, article);
      announceChanged(tx, tenantId, after, changed, await presentOf(tx, tenantId));
      this.feed.changed(tx, tenantId, 'article', [{ id, urgency: 'person', fields: [] }]);
      await Audit.record(tx, principal, 'article.edited', 'article', id, { fields: changed });
      return after;
    });
    this.bus.ring(OUTBOX_CHANNEL, tenantId);
    return row;
  }
}

/** The catalogue is the head office's; a role of an outside company cannot even be given it. */
function refuseOutside({ restrictedTo }: Principal): void {
  if (restrictedTo !== undefined) throw forbidden('The catalogue belongs to the head office.');
}

/** Who wants the same number waits until the transaction ends, so that the later one is told and not the database. */
async function refuseTaken(tx: Transaction, tenantId: string, sku: string): Promise<void> {
  await tx.execute(
    "SELECT pg_advisory_xact_lock(hashtextextended('article ' || $1 || ' ' || $2, 0))",
    [tenantId, sku],
  );
  if ((await idOfSku(tx, tenantId, sku)) !== null) throw skuTaken(sku);
}

function fieldsOf({
  id: _id,
  version: _version,
  revision: _revision,
  created_at: _created,
  updated_at: _updated,
  ...article
}: ArticleRow): Parameters<typeof editArticle>[0] {
  return article;
}

function readSort(named: ListArticles['sort']): ArticleSort {
  const descending = named.startsWith('-');
  return {
    field: (descending ? named.slice(1) : named) as ArticleSort['field'],
    descending,
  };
}

function skuTaken(sku: string): RefusalError {
  return new RefusalError(
    {
      code: 'sku_taken',
      reason: `Another article has the number ${sku}. Edit that one, or choose another number.`,
      field: 'sku',
    },
    409,
  );
}

function unknownArticle(index: number): RefusalError {
  return new RefusalError({
    code: 'unknown_article',
    reason: 'No article has this number. Make it first.',
    field: `stocks.${index}.sku`,
  });
}
