import { z } from 'zod';

const common = {
  to: z.string(),
  name: z.string(),
  locale: z.enum(['en', 'ru', 'uk']),
};
/** Opens what the letter is about. */
const secret = { token: z.string() };
const tenant = { tenant: z.string() };

/** What there is to tell of a lot. */
export const LOT_NOTICES = ['offered', 'outbid', 'ending', 'won', 'assigned'] as const;
export type LotNotice = (typeof LOT_NOTICES)[number];

/** What a letter is made of. Its text is written when it is sent. */
export const letterSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('password_reset'), ...common, ...secret }),
  z.object({ kind: z.literal('invitation'), ...common, ...secret, ...tenant }),
  z.object({ kind: z.literal('registration_received'), ...common, ...tenant }),
  z.object({ kind: z.literal('registration_known'), ...common, ...tenant }),
  z.object({
    kind: z.literal('registration_rejected'),
    ...common,
    ...tenant,
    reason: z.string(),
  }),
  z.object({ kind: z.literal('lot'), ...common, notice: z.enum(LOT_NOTICES), lot: z.uuid() }),
]);
export type Letter = z.output<typeof letterSchema>;

/** Page of the web application that a letter leads to, if any, and how long the letter is worth sending. */
export const KINDS: Readonly<Record<Letter['kind'], { page: string | null; life: string }>> = {
  password_reset: { page: '/reset-password', life: '1 hour' },
  invitation: { page: '/invitation', life: '14 days' },
  registration_received: { page: null, life: '14 days' },
  registration_known: { page: '/sign-in', life: '14 days' },
  registration_rejected: { page: null, life: '14 days' },
  lot: { page: '/auction', life: '12 hours' },
};
