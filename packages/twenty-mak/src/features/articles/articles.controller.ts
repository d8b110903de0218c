import {
  Body,
  Controller,
  Get,
  HttpCode,
  Inject,
  Param,
  Patch,
  Post,
  Put,
  Query,
} from '@nestjs/common';
import { ApiBody, ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { CurrentPrincipal, RequireScope } from '../../platform/auth/index.ts';
import type { Principal } from '../../platform/auth/index.ts';
import {
  openApiSchema,
  parse,
  queryParameters,
  uuidField,
} from '../../platform/validation/index.ts';
import type { Page } from '../../platform/validation/index.ts';
import { listOf } from '../deals/index.ts';
import {
  articleAnswer,
  articleDetailSchema,
  articleSchema,
  articleVersionBody,
  countedSchema,
  countStocksBody,
  createArticleBody,
  editArticleBody,
  listArticlesQuery,
  stockAnswer,
} from './articles.dto.ts';
import type { ArticleAnswer, ArticleDetailAnswer, CountedAnswer } from './articles.dto.ts';
import { ArticlesService } from './articles.service.ts';

const ARTICLE = { schema: openApiSchema(articleSchema, 'output') };

@ApiTags('articles')
@Controller('v1/articles')
export class ArticlesController {
  constructor(@Inject(ArticlesService) private readonly articles: ArticlesService) {}

  @ApiOperation({ summary: 'What is sold, page by page' })
  @queryParameters(listArticlesQuery)
  @ApiOkResponse({ schema: openApiSchema(listOf(articleSchema), 'output') })
  @RequireScope('catalogue:read')
  @Get()
  async list(
    @CurrentPrincipal() principal: Principal,
    @Query() query: unknown,
  ): Promise<Page<ArticleAnswer>> {
    const page = await this.articles.list(principal, parse(listArticlesQuery, query));
    return { items: page.items.map(articleAnswer), next: page.next };
  }

  @ApiOperation({ summary: 'Make an article' })
  @ApiBody({ schema: openApiSchema(createArticleBody) })
  @ApiCreatedResponse(ARTICLE)
  @RequireScope('catalogue:write')
  @Post()
  async create(
    @CurrentPrincipal() principal: Principal,
    @Body() body: unknown,
  ): Promise<ArticleAnswer> {
    return articleAnswer(await this.articles.create(principal, parse(createArticleBody, body)));
  }

  @ApiOperation({
    summary: 'Tell how many there are of articles, all lines or none; a repeat changes nothing',
  })
  @ApiBody({ schema: openApiSchema(countStocksBody) })
  @ApiOkResponse({ schema: openApiSchema(countedSchema, 'output') })
  @RequireScope('catalogue:write')
  @Put('stocks')
  async count(
    @CurrentPrincipal() principal: Principal,
    @Body() body: unknown,
  ): Promise<CountedAnswer> {
    return { changed: await this.articles.count(principal, parse(countStocksBody, body)) };
  }

  @ApiOperation({ summary: 'An article with how many there are, by warehouse' })
  @ApiOkResponse({ schema: openApiSchema(articleDetailSchema, 'output') })
  @RequireScope('catalogue:read')
  @Get(':id')
  async one(
    @CurrentPrincipal() principal: Principal,
    @Param('id') id: string,
  ): Promise<ArticleDetailAnswer> {
    const row = await this.articles.one(principal, parse(uuidField, id));
    const stocks = await this.articles.stocks(principal, [row.id]);
    return { ...articleAnswer(row), stocks: stocks.map(stockAnswer) };
  }

  @ApiOperation({ summary: 'Change fields of an article' })
  @ApiBody({ schema: openApiSchema(editArticleBody) })
  @ApiOkResponse(ARTICLE)
  @RequireScope('catalogue:write')
  @Patch(':id')
  async edit(
    @CurrentPrincipal() principal: Principal,
    @Param('id') id: string,
    @Body() body: unknown,
  ): Promise<ArticleAnswer> {
    const edit = parse(editArticleBody, body);
    return articleAnswer(await this.articles.edit(principal, parse(uuidField, id), edit));
  }

  @ApiOperation({ summary: 'Take an article out of what is sold; its stock stays known' })
  @ApiBody({ schema: openApiSchema(articleVersionBody) })
  @ApiOkResponse(ARTICLE)
  @RequireScope('catalogue:write')
  @HttpCode(200)
  @Post(':id/archive')
  archive(
    @CurrentPrincipal() principal: Principal,
    @Param('id') id: string,
    @Body() body: unknown,
  ): Promise<ArticleAnswer> {
    return this.setArchived(principal, id, body, true);
  }

  @ApiOperation({ summary: 'Bring an archived article back' })
  @ApiBody({ schema: openApiSchema(articleVersionBody) })
  @ApiOkResponse(ARTICLE)
  @RequireScope('catalogue:write')
  @HttpCode(200)
  @Post(':id/restore')
  restore(
    @CurrentPrincipal() principal: Principal,
    @Param('id') id: string,
    @Body() body: unknown,
  ): Promise<ArticleAnswer> {
    return this.setArchived(principal, id, body, false);
  }

  private async setArchived(
    principal: Principal,
    id: string,
    body: unknown,
    archived: boolean,
  ): Promise<ArticleAnswer> {
    const { version } = parse(articleVersionBody, body);
    const changed = this.articles.setArchived(principal, parse(uuidField, id), version, archived);
    return articleAnswer(await changed);
  }
}
