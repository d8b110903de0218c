import { useLingui } from '@lingui/react/macro';
import { Tag } from 'twenty-ui/data-display';
import type { WebhookDeliveryStatus } from '../../generated/graphql.ts';

const COLORS = { pending: 'yellow', delivered: 'green', dead: 'red' } as const;

export function useDeliveryStatusNames(): Readonly<Record<WebhookDeliveryStatus, string>> {
  const { t } = useLingui();
  return { pending: t`Waiting`, delivered: t`Delivered`, dead: t`Dead letter` };
}

export function DeliveryStatusTag({ status }: { readonly status: WebhookDeliveryStatus }) {
  const names = useDeliveryStatusNames();
  return <Tag color={COLORS[status]} text={names[status]} />;
}
