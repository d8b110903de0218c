export { apiClientView, createdApiClientSchema } from './api-clients.dto.ts';
export type { CreatedApiClientView } from './api-clients.dto.ts';
export { ApiClientEntity } from './api-clients.entity.ts';
export { ApiClientsModule } from './api-clients.module.ts';
export { insertApiClient } from './api-clients.repository.ts';
