export { AmocrmTokenEntity } from './amocrm.entity.ts';
