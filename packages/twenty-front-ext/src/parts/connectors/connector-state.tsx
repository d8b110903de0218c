import { useLingui } from '@lingui/react/macro';
import { Tag } from 'twenty-ui/data-display';
import type { ConnectorState } from '../../generated/graphql.ts';

const COLORS = { off: 'gray', running: 'green', paused: 'yellow', stopped: 'red' } as const;

export function ConnectorStateTag({ state }: { readonly state: ConnectorState }) {
  const { t } = useLingui();
  const texts = {
    off: t`Not set up`,
    running: t`Works`,
    paused: t`Paused`,
    stopped: t`Stopped`,
  };
  return <Tag color={COLORS[state]} text={texts[state]} />;
}
