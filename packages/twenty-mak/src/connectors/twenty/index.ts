export { TwentyMessageEntity } from './twenty.entity.ts';
export { twentyInbox, twentyRetention } from './twenty.jobs.ts';
export { TwentyConnectorModule } from './twenty.module.ts';
