import { useLingui } from '@lingui/react/macro';
import { Link } from 'react-router-dom';
import type { ConnectorLineFragment } from '../../generated/graphql.ts';
import { BarList } from '../../ui/bar-list/bar-list.tsx';
import { useFormat } from '../../ui/format/use-format.tsx';

/** What waits and what does not get on, to one scale. */
export function WaitingBars({
  connector: { key, health },
}: {
  readonly connector: Pick<ConnectorLineFragment, 'key' | 'health'>;
}) {
  const { t } = useLingui();
  const { number } = useFormat();
  const { pending, pendingPeople, deadLetters, divergent, conflicts } = health;
  const path = `/settings/connectors/${key}`;
  const bar = (
    id: string,
    label: string,
    value: number,
    tone: 'calm' | 'soon' | 'late',
    to = '',
  ) => ({
    key: id,
    label: to === '' ? label : <Link to={`${path}/${to}`}>{label}</Link>,
    text: number(value),
    parts: [{ tone, value }],
  });
  return (
    <BarList
      label={t`What waits`}
      rows={[
        bar('people', t`Edits of people that wait`, pendingPeople, 'calm'),
        bar('rest', t`Other records that wait`, pending - pendingPeople, 'calm'),
        bar('conflicts', t`Conflicts to decide`, conflicts, 'soon', 'conflicts'),
        bar('differences', t`Differences`, divergent, 'soon', 'differences'),
        bar('dead', t`Dead letters`, deadLetters, 'late', 'dead-letters'),
      ]}
    />
  );
}
