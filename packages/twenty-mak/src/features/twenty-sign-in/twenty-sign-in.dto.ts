import { formatInstant } from 'twenty-mak-domain';
import { z } from 'zod';
import { ROLES } from '../../platform/auth/index.ts';
import { limitField, originField, uuidField } from '../../platform/validation/index.ts';
import type { BoundUserRow, WorkspaceRow } from './twenty-sign-in.repository.ts';

/** Nobody becomes an admin by coming from somewhere else. */
const newcomerRoleField = z.enum(ROLES).exclude(['admin'], {
  error: 'must be employee, partner, franchisee or guest; nobody becomes an admin by signing in',
});

export const setWorkspaceSchema = z.strictObject({
  version: z.int().min(0).describe('The version that was read; 0 when nothing was set before.'),
  address: originField,
  workspace_id: uuidField,
  application_id: uuidField.describe('Of our application in that workspace.'),
  newcomer_role: newcomerRoleField,
  enabled: z.boolean(),
});
export type SetWorkspace = z.output<typeof setWorkspaceSchema>;

export const workspaceSchema = z.object({
  address: z.string(),
  workspace_id: z.uuid(),
  application_id: z.uuid(),
  newcomer_role: newcomerRoleField,
  enabled: z.boolean(),
  version: z.int(),
  created_at: z.iso.datetime(),
  updated_at: z.iso.datetime(),
});
export type WorkspaceView = z.output<typeof workspaceSchema>;

export const listUsersSchema = z.strictObject({ limit: limitField, cursor: z.string().optional() });
export type ListUsers = z.output<typeof listUsersSchema>;

export const boundUserSchema = z.object({
  account_id: z.uuid(),
  name: z.string(),
  role: z.enum(ROLES),
  twenty_user_id: z.uuid(),
  bound_at: z.iso.datetime(),
});
export type BoundUserView = z.output<typeof boundUserSchema>;

export const boundUserPageSchema = z.object({
  items: z.array(boundUserSchema),
  next: z.string().nullable(),
});

export const startedSchema = z.object({
  code: z.string().describe('Works once.'),
  expires_in: z.int().describe('Seconds.'),
  embed_url: z
    .string()
    .describe('For the frame; `&path=/board&theme=dark&locale=uk` may be appended.'),
});
export type Started = z.output<typeof startedSchema>;

/** The settings as the API shows them. */
export function workspaceView(row: WorkspaceRow): WorkspaceView {
  return {
    address: row.address,
    workspace_id: row.workspace_id,
    application_id: row.application_id,
    newcomer_role: row.newcomer_role,
    enabled: row.enabled,
    version: row.version,
    created_at: formatInstant(row.created_at),
    updated_at: formatInstant(row.updated_at),
  };
}

export function boundUserView({ created_at, ...row }: BoundUserRow): BoundUserView {
  return { ...row, bound_at: formatInstant(created_at) };
}
