import { Module } from '@nestjs/common';
import { ArticleLoaders } from './article-loaders.ts';
import { ArticlesController } from './articles.controller.ts';
import { ArticleRecords } from './articles.records.ts';
import { ArticlesResolver } from './articles.resolver.ts';
import { ArticlesService } from './articles.service.ts';

@Module({
  controllers: [ArticlesController],
  providers: [ArticleLoaders, ArticleRecords, ArticlesResolver, ArticlesService],
})
export class ArticlesModule {}
