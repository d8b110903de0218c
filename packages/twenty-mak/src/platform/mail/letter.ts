import { z } from 'zod';

const common = {
  to: z.string(),
  name: z.string(),
  locale: z.enum(['en', 'ru', 'uk']),
  /** Opens what the letter is about; a secret. */
  token: z.string(),
};

/** What a letter is made of. Its text is written when it is sent. */
export const letterSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('password_reset'), ...common }),
  z.object({ kind: z.literal('invitation'), ...common, tenant: z.string() }),
]);
export type Letter = z.output<typeof letterSchema>;

/** Page of the web application that a letter leads to, and how long the letter is worth sending. */
export const KINDS: Readonly<Record<Letter['kind'], { page: string; life: string }>> = {
  password_reset: { page: '/reset-password', life: '1 hour' },
  invitation: { page: '/invitation', life: '14 days' },
};
