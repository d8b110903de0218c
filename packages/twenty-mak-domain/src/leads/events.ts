/** What the world is told of leads: ids, kinds and keys of the tenant, never who somebody is. */
export const LEAD_EVENT_TYPES = [
  'lead.created',
  'lead.status.changed',
  'lead.origin.changed',
  'lead.merged',
] as const;

export type LeadEventType = (typeof LEAD_EVENT_TYPES)[number];
