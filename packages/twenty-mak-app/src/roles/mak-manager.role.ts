import { defineRole } from 'twenty-sdk/define';
import { identify } from '../constants/universal-identifiers.ts';
import { fieldPermissions, objectPermissions } from './permissions.ts';

export default defineRole({
  universalIdentifier: identify('role', 'manager'),
  label: 'MaK manager',
  description: 'Works on clients and deals; stages and gates follow from facts',
  icon: 'IconBriefcase',
  canReadAllObjectRecords: true,
  canUpdateAllObjectRecords: true,
  canSoftDeleteAllObjectRecords: true,
  canDestroyAllObjectRecords: false,
  canUpdateAllSettings: false,
  canAccessAllTools: true,
  canBeAssignedToUsers: true,
  canBeAssignedToAgents: false,
  canBeAssignedToApiKeys: false,
  objectPermissions: objectPermissions('manager') ?? [],
  fieldPermissions: fieldPermissions('manager') ?? [],
});
