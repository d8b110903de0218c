import { z } from 'zod';
import { normalEmail, normalPhone } from './contact-fields.ts';

const text = z.string().trim().min(1).max(320);

/** Exactly one way to name the person. */
export const erasePersonSchema = z
  .strictObject({
    id: text.optional(),
    email: text.includes('@', { error: 'must be an e-mail address' }).optional(),
    phone: text.regex(/\d/, 'must be a telephone number').optional(),
  })
  .refine((names) => Object.values(names).filter((name) => name !== undefined).length === 1, {
    error: 'send exactly one of id, email and phone',
  });
export type ErasePerson = z.output<typeof erasePersonSchema>;

export const erasedPersonSchema = z.object({
  /** How many keys were destroyed; 0 when nobody is known by this name. */
  erased_keys: z.number().int(),
});
export type ErasedPerson = z.output<typeof erasedPersonSchema>;

/** The identifier that contacts with this name were stored under. */
export function identifierOf({ id, email, phone }: ErasePerson): string {
  if (id !== undefined) return `id:${id}`;
  if (email !== undefined) return `email:${normalEmail(email)}`;
  return `phone:${normalPhone(phone ?? '')}`;
}
