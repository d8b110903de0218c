/** Abilities of a browser that no page of ours needs. */
const NO_DEVICES = [
  'camera',
  'microphone',
  'geolocation',
  'payment',
  'usb',
  'serial',
  'hid',
  'midi',
]
  .map((name) => `${name}=()`)
  .join(', ');

/** Headers of every page. `frameAncestors` are the origins that may embed it. */
export function pageHeaders(
  publicUrl: string,
  frameAncestors: readonly string[],
): Readonly<Record<string, string>> {
  const { host, protocol } = new URL(publicUrl);
  const isSecure = protocol === 'https:';
  const policy = {
    'default-src': "'none'",
    'script-src': "'self'",
    // Dragging cards and the code editor write style elements of their own.
    'style-src': "'self' 'unsafe-inline'",
    'img-src': "'self' data:",
    'font-src': "'self'",
    // Some browsers do not count a socket to the page's own server as 'self'.
    'connect-src': `'self' ${isSecure ? 'wss' : 'ws'}://${host}`,
    'manifest-src': "'self'",
    'worker-src': "'self'",
    'base-uri': "'none'",
    'form-action': "'self'",
    'frame-ancestors': frameAncestors.length === 0 ? "'none'" : frameAncestors.join(' '),
  };
  return {
    'content-security-policy': Object.entries(policy)
      .map(([name, sources]) => `${name} ${sources}`)
      .join('; '),
    'permissions-policy': NO_DEVICES,
    // Links in letters carry secrets in the address. Not `no-referrer`: then browsers would hide our own origin from us.
    'referrer-policy': 'same-origin',
    'x-content-type-options': 'nosniff',
    'cross-origin-opener-policy': 'same-origin',
    ...(isSecure ? { 'strict-transport-security': 'max-age=31536000' } : {}),
  };
}
