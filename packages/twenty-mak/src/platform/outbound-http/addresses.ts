import ipaddr from 'ipaddr.js';
import { lookup } from 'node:dns/promises';
import type { LookupAddress } from 'node:dns';
import { isIP } from 'node:net';
import type { LookupFunction } from 'node:net';

/** A target inside our own network; reaching it for a tenant would let the tenant look around there. */
export class AddressRefused extends Error {
  readonly code = 'address_not_allowed';

  constructor(host: string) {
    super(`${host} leads to a private address.`);
  }
}

/** Whether an IP address belongs to the public internet. Everything special is not: private, loopback, mapped, … */
export function isPublicAddress(address: string): boolean {
  if (!ipaddr.isValid(address)) return false;
  const parsed = ipaddr.process(address);
  if (parsed.range() !== 'unicast') return false;
  // Of IPv6 only 2000::/3 is given out; the rest has old ways to write an IPv4 address.
  return !(parsed instanceof ipaddr.IPv6) || (parsed.parts[0] ?? 0) >> 13 === 1;
}

/** Throws AddressRefused when the host of a URL is written as a private address. Names are looked at when connecting. */
export function checkLiteralHost(url: URL): void {
  const host = url.hostname.replace(/^\[|\]$/g, '');
  if (isIP(host) !== 0 && !isPublicAddress(host)) throw new AddressRefused(url.hostname);
}

/**
 * Resolves a name and refuses it when any of its addresses is private. The connection goes to the addresses that were
 * checked, so a name that changes its mind in between (DNS rebinding) gains nothing.
 */
export const publicLookup: LookupFunction = (hostname, options, callback) => {
  lookup(hostname, { all: true, family: options.family ?? 0 }).then(
    (addresses) => {
      const [first] = addresses;
      if (first === undefined || !addresses.every(({ address }) => isPublicAddress(address))) {
        callback(new AddressRefused(hostname), []);
      } else if (options.all === true) callback(null, addresses satisfies LookupAddress[]);
      else callback(null, first.address, first.family);
    },
    (error: NodeJS.ErrnoException) => callback(error, []),
  );
};
