export { Audit } from '../../platform/audit/index.ts';
export type { Actor, AuditAction, AuditDetail, AuditEntity } from '../../platform/audit/index.ts';
export { AuditEntryEntity } from './audit.entity.ts';
export { AuditModule } from './audit.module.ts';
