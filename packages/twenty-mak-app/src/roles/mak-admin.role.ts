import { defineRole } from 'twenty-sdk/define';
import { identify } from '../constants/universal-identifiers.ts';
import { fieldPermissions, objectPermissions } from './permissions.ts';

export default defineRole({
  universalIdentifier: identify('role', 'admin'),
  label: 'MaK admin',
  description: 'All of twenty with its settings; stages and gates follow from facts for admins too',
  icon: 'IconShieldCheck',
  canReadAllObjectRecords: true,
  canUpdateAllObjectRecords: true,
  canSoftDeleteAllObjectRecords: true,
  canDestroyAllObjectRecords: true,
  canUpdateAllSettings: true,
  canAccessAllTools: true,
  canBeAssignedToUsers: true,
  canBeAssignedToAgents: false,
  canBeAssignedToApiKeys: false,
  objectPermissions: objectPermissions('admin') ?? [],
  fieldPermissions: fieldPermissions('admin') ?? [],
});
