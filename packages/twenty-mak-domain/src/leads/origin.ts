import { accept, refuse } from '../basics/index.ts';
import type { Decision, Instant } from '../basics/index.ts';
import { decideUse } from './consent.ts';
import type { ConsentPolicy } from './consent.ts';
import { isHeld } from './duplicates.ts';
import type { Lead, LeadOrigin } from './lead.ts';

/** What the head office says of how a lead came in; what is left out stays. */
export interface OriginEdit {
  readonly source?: string | undefined;
  readonly partnerId?: string | null | undefined;
}

/**
 * The origin as the head office corrects it; null when it is so already. When the lead came in stays, so that a lead which
 * is merged into it later and was there before it is still the older one. Refuses with `origin_bound` once others count on
 * the lead: what its sale was owed to, and what its lot has told of it, stay. A partner gets to see who the lead is, so
 * naming one is refused with the codes of `decideUse`.
 */
export function correctOrigin(
  { origin, last, buyerId, consent }: Lead,
  { source = origin.source, partnerId = origin.partnerId }: OriginEdit,
  policy: ConsentPolicy,
  now: Instant,
): Decision<LeadOrigin | null> {
  const isOther = partnerId !== origin.partnerId;
  if (!isOther && source === origin.source) return accept(null);
  if (isHeld({ kind: last.kind, buyerId }))
    return refuse(
      'origin_bound',
      'The lead is on auction, sold, given out or a deal, so its source and its partner stay as they are.',
      isOther ? 'partner' : 'source',
    );
  if (isOther && partnerId !== null) {
    const use = decideUse(consent, 'share', policy, now);
    if (!use.ok) return use;
  }
  return accept({ ...origin, source, partnerId });
}
