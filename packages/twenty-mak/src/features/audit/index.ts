export { Audit } from './audit.ts';
export type { Actor, AuditDetail } from './audit.ts';
export { AuditEntryEntity } from './audit.entity.ts';
export { AuditModule } from './audit.module.ts';
