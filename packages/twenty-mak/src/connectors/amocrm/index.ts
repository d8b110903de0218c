export { AmocrmConsentEntity, AmocrmTokenEntity } from './amocrm.entity.ts';
export { AmocrmConnectorModule } from './amocrm.module.ts';
