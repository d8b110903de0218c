import { defineApplicationRole } from 'twenty-sdk/define';
import { identify } from './constants/universal-identifiers.ts';

/** What the app may do by itself: nothing. Its pages act as the person who looks at them. */
export default defineApplicationRole({
  universalIdentifier: identify('role', 'application'),
  label: 'MaK app',
  description: 'Rights of the app itself; people do not get this role',
  canReadAllObjectRecords: false,
  canUpdateAllObjectRecords: false,
  canSoftDeleteAllObjectRecords: false,
  canDestroyAllObjectRecords: false,
  canBeAssignedToUsers: false,
  canBeAssignedToAgents: false,
  canBeAssignedToApiKeys: false,
});
