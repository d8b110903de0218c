export { SavedViewEntity } from './views.entity.ts';
export { ViewsModule } from './views.module.ts';
