import type { Json, JsonObject } from 'twenty-mak-domain';
import { z } from 'zod';

/** Who is behind a company; all of it may be data of a person. */
const contactSchema = z.object({
  name: z.string(),
  email: z.string(),
  phone: z.string().nullable().default(null),
  tax_number: z.string().nullable().default(null),
  company_name: z.string().nullable().default(null),
});
export type CompanyContact = z.output<typeof contactSchema>;

/** `hidden` from the caller, or `erased` for everybody. */
export type ContactState = 'open' | 'hidden' | 'erased';

export interface ReadContact {
  readonly state: ContactState;
  readonly contact: CompanyContact | null;
}

/** An opened contact as the vault gives it; `{}` where there is none yet. */
export function readContact({ contact = null }: JsonObject): ReadContact {
  const read = contactSchema.safeParse(contact);
  if (read.success) return { state: 'open', contact: read.data };
  return { state: stateOf(contact), contact: null };
}

function stateOf(contact: Json): ContactState {
  if (typeof contact !== 'object' || contact === null || Array.isArray(contact)) return 'open';
  if ('erased' in contact) return 'erased';
  return 'hidden' in contact ? 'hidden' : 'open';
}
