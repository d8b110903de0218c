import type { Role, TwentyWorkspaceFieldsFragment } from '../../generated/graphql.ts';

/** What the form edits. */
export interface WorkspaceValues {
  readonly address: string;
  readonly workspaceId: string;
  readonly applicationId: string;
  readonly newcomerRole: Role;
  readonly enabled: boolean;
  /** 0 until something was saved. */
  readonly version: number;
}

const NOTHING_YET: WorkspaceValues = {
  address: '',
  workspaceId: '',
  applicationId: '',
  newcomerRole: 'employee',
  enabled: true,
  version: 0,
};

export function valuesOf(workspace: TwentyWorkspaceFieldsFragment | null): WorkspaceValues {
  if (workspace === null) return NOTHING_YET;
  const { address, workspaceId, applicationId, newcomerRole, enabled, version } = workspace;
  return { address, workspaceId, applicationId, newcomerRole, enabled, version };
}

/** As it is sent: people copy addresses of pages and ids with spaces around them. */
export function tidy(values: WorkspaceValues): WorkspaceValues {
  const { address, workspaceId, applicationId } = values;
  return {
    ...values,
    address: originOf(address.trim()),
    workspaceId: workspaceId.trim().toLowerCase(),
    applicationId: applicationId.trim().toLowerCase(),
  };
}

/** The origin of an address, if it is one. */
function originOf(text: string): string {
  if (!/^https?:\/\//i.test(text) || !URL.canParse(text)) return text;
  return new URL(text).origin;
}
