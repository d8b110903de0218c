export { KeyCrmBuyerTurnEntity, KeyCrmMessageEntity } from './keycrm.entity.ts';
export { keyCrmRetention } from './keycrm.jobs.ts';
export { KeyCrmConnectorModule } from './keycrm.module.ts';
