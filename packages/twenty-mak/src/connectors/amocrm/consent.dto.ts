import { z } from 'zod';
import { addressField, integrationFields } from './settings.ts';

export const integrationSchema = z.object({ address: addressField, ...integrationFields });

/** What is left out is as it was when the account was connected last. */
export const beginConsentSchema = z.strictObject(integrationSchema.partial().shape);

export const consentBegunSchema = z.object({
  url: z.url().describe('Where the admin of the account agrees'),
});
export type ConsentBegun = z.output<typeof consentBegunSchema>;

export const consentPlaceSchema = z.object({
  redirect_uri: z.url().describe('The integration in amoCRM has to name it'),
});
export type ConsentPlace = z.output<typeof consentPlaceSchema>;

/** What amoCRM adds to the address that it leads back to. */
export const completeConsentSchema = z.strictObject({
  state: z.string().min(1).max(200),
  code: z.string().min(1).max(4_096),
  referer: z.string().min(1).max(253).describe('Host of the account'),
});
