export { ClientContactEntity, ClientEntity, ClientKeyEntity } from './clients.entity.ts';
