import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import { RefusalError } from '../../platform/errors/index.ts';
import type { Connector } from './connector.ts';

/** Whether secrets that were given with one set of settings would go somewhere else with another. */
export function isLedElsewhere(connector: Connector, before: unknown, after: unknown): boolean {
  const given = (settings: unknown): readonly unknown[] => {
    // What is left out is what it is by default.
    const read = connector.settings.safeParse(settings);
    const known = z.looseObject({}).safeParse(read.success ? read.data : settings).data ?? {};
    return connector.secretsAreFor.map((name) => known[name]);
  };
  return !isDeepStrictEqual(given(before), given(after));
}

/** Throws 422 `secrets_required` when settings come without secrets and those that are kept are none of theirs. */
export function requireSecrets(
  connector: Connector,
  before: { readonly settings: unknown; readonly has_secrets: boolean } | undefined,
  after: {
    readonly settings: unknown;
    readonly secrets?: Readonly<Record<string, string>> | undefined;
  },
): void {
  if (after.secrets !== undefined) return;
  if (before?.has_secrets !== true) throw refusal('Send the secrets the first time.');
  if (isLedElsewhere(connector, before.settings, after.settings))
    throw refusal(
      'Secrets that are kept go nowhere but where they were given for. Send those of the new address.',
    );
}

function refusal(reason: string): RefusalError {
  return new RefusalError({ code: 'secrets_required', reason, field: 'secrets' });
}
