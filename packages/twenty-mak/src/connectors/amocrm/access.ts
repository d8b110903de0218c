import type { Budget } from '../../platform/rate-limit/index.ts';
import { RemoteFailure } from '../sync/index.ts';

/** Where an account is, and how often it may be asked. */
export interface AmocrmAccess {
  /** Origin of the account, e.g. https://example.amocrm.ru; never www. */
  readonly address: string;
  /** Names the bucket that all processes share. */
  readonly bucket: string;
  readonly budget: Budget;
}

/** Domains of amoCRM and Kommo, which are one product. */
const DOMAINS: readonly string[] = ['amocrm.ru', 'amocrm.com', 'kommo.com'];

/** Where the admins of an account agree to an integration; an account of no such domain answers for itself, as a simulated one does. */
export function portalOf(address: string): string {
  const { host } = new URL(address);
  const domain = DOMAINS.find((one) => host.endsWith(`.${one}`));
  return domain === undefined ? address : `https://www.${domain}`;
}

/** The page that amoCRM leads back to: whoever comes is signed in there, or has to. */
export function redirectUriOf(publicUrl: string): string {
  return `${new URL(publicUrl).origin}/settings/connectors/amocrm/settings`;
}

/** The person has to connect the account again; nothing else helps. */
export function reconnect(reason: string): RemoteFailure {
  return new RemoteFailure(
    'blocked',
    `amoCRM does not accept the access; connect the account again. ${reason}`,
  );
}
