import type { NotificationLineFragment } from '../../generated/graphql.ts';
import { memberOf } from '../data/member-of.ts';

/** Where what is told of a connector is mended, beside its overview. */
const CONNECTOR_PARTS: Readonly<Record<string, string>> = {
  'sync.conflict': '/conflicts',
  'sync.dead_letter': '/dead-letters',
};

/** Where one does something about it; null where there is no such page. */
export function notificationPath({
  kind,
  dealId,
  data,
}: Pick<NotificationLineFragment, 'kind' | 'dealId' | 'data'>): string | null {
  const id = (name: string): string | null => {
    const value = memberOf(data, name);
    return typeof value === 'string' ? encodeURIComponent(value) : null;
  };
  const [webhook, connector, lot] = [id('subscription_id'), id('connector'), id('lot_id')];
  const file = id('import_id');
  if (kind === 'webhook.disabled' && webhook !== null) return `/settings/webhooks/${webhook}`;
  if (kind.startsWith('sync.') && connector !== null)
    return `/settings/connectors/${connector}${CONNECTOR_PARTS[kind] ?? ''}`;
  if (kind.startsWith('auction.return_'))
    return `/returns?tab=${kind === 'auction.return_requested' ? 'open' : 'decided'}`;
  if (kind === 'lead.duplicate') return leadPath(data);
  if (kind === 'auction.assigned')
    return memberOf(data, 'count') === 1 ? leadPath(data) : '/leads?kind=working';
  if (kind.startsWith('auction.') && lot !== null) return `/auction/${lot}`;
  if (kind.startsWith('lead_import.') && file !== null) return `/leads/import/${file}`;
  if (kind.startsWith('client_import.') && file !== null) return `/clients/import/${file}`;
  if (kind === 'registration.received') return '/settings/registrations';
  return dealId === null ? null : `/deals/${encodeURIComponent(dealId)}`;
}

/** The lead that was entered again or given, of several the first. */
function leadPath(data: unknown): string {
  const ids = memberOf(data, 'lead_ids');
  const first: unknown = Array.isArray(ids) ? ids[0] : undefined;
  return typeof first === 'string' ? `/leads/${encodeURIComponent(first)}` : '/leads';
}
