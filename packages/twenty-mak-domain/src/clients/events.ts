/** What the world is told of people at clients. */
export const CONTACT_EVENT_TYPES = ['contact.changed'] as const;

export type ContactEventType = (typeof CONTACT_EVENT_TYPES)[number];

/** What of a contact other systems change. */
export const CONTACT_FIELDS = ['name', 'email', 'phone', 'position', 'company'] as const;

export type ContactField = (typeof CONTACT_FIELDS)[number];
