export {
  ClientContactEntity,
  ClientContactFormerEntity,
  ClientEntity,
  ClientKeyEntity,
} from './clients.entity.ts';
export { ClientsModule } from './clients.module.ts';
export { ContactState } from './clients.model.ts';
