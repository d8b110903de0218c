import { useLingui } from '@lingui/react/macro';
import { Tag } from 'twenty-ui/data-display';
import type { WebhookStatus } from '../../generated/graphql.ts';

const COLORS = { active: 'green', paused: 'yellow', disabled: 'red' } as const;

export function WebhookStatusTag({ status }: { readonly status: WebhookStatus }) {
  const { t } = useLingui();
  const texts = { active: t`Active`, paused: t`Paused`, disabled: t`Switched off` };
  return <Tag color={COLORS[status]} text={texts[status]} />;
}
