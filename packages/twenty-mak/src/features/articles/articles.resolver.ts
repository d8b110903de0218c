import { Inject } from '@nestjs/common';
import {
  Args,
  Context,
  ID,
  Int,
  Mutation,
  Parent,
  Query,
  ResolveField,
  Resolver,
} from '@nestjs/graphql';
import { CurrentPrincipal, RequireScope } from '../../platform/auth/index.ts';
import type { GraphqlContext, Principal } from '../../platform/auth/index.ts';
import { parse, uuidField, withoutNulls } from '../../platform/validation/index.ts';
import { pageInfo } from '../deals/index.ts';
import { ArticleLoaders } from './article-loaders.ts';
import {
  articleVersionBody,
  countStocksBody,
  createArticleBody,
  editArticleBody,
  listArticlesQuery,
} from './articles.dto.ts';
import {
  Article,
  ArticleConnection,
  ArticlesArgs,
  ArticleStock,
  CreateArticleInput,
  EditArticleInput,
  StockCountInput,
} from './articles.model.ts';
import { ArticlesService } from './articles.service.ts';
import { articleModel, restFields, stockModel } from './articles.view-model.ts';

@Resolver(() => Article)
export class ArticlesResolver {
  constructor(
    @Inject(ArticlesService) private readonly service: ArticlesService,
    @Inject(ArticleLoaders) private readonly loaders: ArticleLoaders,
  ) {}

  @RequireScope('catalogue:read')
  @Query(() => ArticleConnection, { description: 'What is sold, page by page.' })
  async articles(
    @CurrentPrincipal() principal: Principal,
    @Args() { archived, first, after, ...same }: ArticlesArgs,
  ): Promise<ArticleConnection> {
    const flag = archived == null ? undefined : `${archived}`;
    const query = withoutNulls({ ...same, archived: flag, limit: first, cursor: after });
    const page = await this.service.list(principal, parse(listArticlesQuery, query));
    return { nodes: page.items.map(articleModel), pageInfo: pageInfo(page) };
  }

  @RequireScope('catalogue:read')
  @Query(() => Article)
  async article(
    @CurrentPrincipal() principal: Principal,
    @Args('id', { type: () => ID }) id: string,
  ): Promise<Article> {
    return articleModel(await this.service.one(principal, parse(uuidField, id)));
  }

  @RequireScope('catalogue:write')
  @Mutation(() => Article)
  async createArticle(
    @CurrentPrincipal() principal: Principal,
    @Args('input') input: CreateArticleInput,
  ): Promise<Article> {
    const body = parse(createArticleBody, withoutNulls(restFields(input)));
    return articleModel(await this.service.create(principal, body));
  }

  @RequireScope('catalogue:write')
  @Mutation(() => Article, { description: 'Null empties a field; what is left out stays.' })
  async editArticle(
    @CurrentPrincipal() principal: Principal,
    @Args('id', { type: () => ID }) id: string,
    @Args('input') input: EditArticleInput,
  ): Promise<Article> {
    const edit = parse(editArticleBody, restFields(input));
    return articleModel(await this.service.edit(principal, parse(uuidField, id), edit));
  }

  @RequireScope('catalogue:write')
  @Mutation(() => Article, { description: 'Takes an article out of what is sold, or restores it.' })
  async archiveArticle(
    @CurrentPrincipal() principal: Principal,
    @Args('id', { type: () => ID }) id: string,
    @Args('version', { type: () => Int }) sent: number,
    @Args('archived', { type: () => Boolean, defaultValue: true }) archived: boolean,
  ): Promise<Article> {
    const { version } = parse(articleVersionBody, { version: sent });
    return articleModel(
      await this.service.setArchived(principal, parse(uuidField, id), version, archived),
    );
  }

  @RequireScope('catalogue:write')
  @Mutation(() => Int, {
    description: 'Takes over what was counted, all or nothing; gives how many lines differed.',
  })
  async countStocks(
    @CurrentPrincipal() principal: Principal,
    @Args('stocks', { type: () => [StockCountInput] }) stocks: StockCountInput[],
  ): Promise<number> {
    const body = parse(countStocksBody, { stocks: stocks.map(withoutNulls) });
    return this.service.count(principal, body);
  }

  @ResolveField(() => [ArticleStock], { description: 'How many there are, by warehouse.' })
  async stocks(
    @CurrentPrincipal() principal: Principal,
    @Context() context: GraphqlContext,
    @Parent() { id }: Article,
  ): Promise<ArticleStock[]> {
    return (await this.loaders.stocks(context, principal).load(id)).map(stockModel);
  }
}
