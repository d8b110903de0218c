export { ArticleEntity, ArticleStockEntity } from './articles.entity.ts';
export { ArticlesModule } from './articles.module.ts';
