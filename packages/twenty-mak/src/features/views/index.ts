export { SavedViewEntity } from './views.entity.ts';
