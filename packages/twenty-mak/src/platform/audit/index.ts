export { Audit } from './audit.ts';
export type { Actor, AuditDetail } from './audit.ts';
export type { AuditAction, AuditEntity } from './audit-words.ts';
