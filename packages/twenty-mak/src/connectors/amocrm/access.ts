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
export const AMOCRM_DOMAINS: readonly string[] = ['amocrm.ru', 'amocrm.com', 'kommo.com'];

/**
 * Origin of the account that a redirect names by its host. Null for one that is none of these domains': the redirect comes from
 * the browser, so anybody may have written it, and our secret key would go there.
 */
export function accountAddress(
  referer: string,
  domains: readonly string[] = AMOCRM_DOMAINS,
): string | null {
  const host = referer.toLowerCase();
  const isHost = /^[a-z\d](?:[a-z\d-]*[a-z\d])?(?:\.[a-z\d](?:[a-z\d-]*[a-z\d])?)+$/.test(host);
  const isKnown = domains.some((domain) => host.endsWith(`.${domain}`));
  return isHost && isKnown && !host.startsWith('www.') ? `https://${host}` : null;
}

/** The person has to connect the account again; nothing else helps. */
export function reconnect(reason: string): RemoteFailure {
  return new RemoteFailure(
    'blocked',
    `amoCRM does not accept the access; connect the account again. ${reason}`,
  );
}
