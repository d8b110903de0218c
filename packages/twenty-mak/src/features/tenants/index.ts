export { momentOf, presentOf, TenantClock, todayOf } from './tenant-clock.ts';
export { tenantSchema, tenantSettings, tenantView } from './tenants.dto.ts';
export type { TenantView } from './tenants.dto.ts';
export { TenantEntity } from './tenants.entity.ts';
export { TenantModel, tenantModel } from './tenants.model.ts';
export { TenantsModule } from './tenants.module.ts';
export {
  deleteTenant,
  findTenant,
  insertTenant,
  listTenants,
  setClock,
} from './tenants.repository.ts';
export type { TenantRow } from './tenants.repository.ts';
export { TenantsService } from './tenants.service.ts';
