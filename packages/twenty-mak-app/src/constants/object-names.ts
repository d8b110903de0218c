/**
 * Objects of this app as twenty's API names them. All but the deal carry a prefix: names are unique in a workspace, and
 * many have leads, partners or pipelines of their own.
 */
export const OBJECT_NAMES = [
  'masterDeal',
  'makPipeline',
  'makStage',
  'makSlaRun',
  'makLead',
  'makLeadAuction',
  'makBid',
  'makPartner',
  'makFranchisee',
  'makConnection',
] as const;
export type ObjectName = (typeof OBJECT_NAMES)[number];

/** Objects of twenty that those of this app are related to. */
export const STANDARD_OBJECT_NAMES = [
  'company',
  'person',
  'opportunity',
  'workspaceMember',
] as const;
export type StandardObjectName = (typeof STANDARD_OBJECT_NAMES)[number];

/** Objects of twenty whose records are also MaK's, and carry its id. */
export const LINKED_OBJECT_NAMES = ['company', 'person', 'task', 'opportunity', 'note'] as const;
export type LinkedObjectName = (typeof LINKED_OBJECT_NAMES)[number];

export function isObjectName(
  name: ObjectName | StandardObjectName | LinkedObjectName,
): name is ObjectName {
  return OBJECT_NAMES.some((own) => own === name);
}
