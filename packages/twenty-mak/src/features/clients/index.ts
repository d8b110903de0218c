export { clientView, createdClientSchema } from './clients.dto.ts';
export type { CreatedClientView } from './clients.dto.ts';
export { ApiClientEntity } from './clients.entity.ts';
export { ClientsModule } from './clients.module.ts';
export { insertClient } from './clients.repository.ts';
