import { Trans, useLingui } from '@lingui/react/macro';
import {
  IconAlertTriangle,
  IconArrowMerge,
  IconBroadcast,
  IconClockPlay,
  IconClockStop,
  IconLockOpen,
  IconNote,
  IconPackageImport,
  IconProgressCheck,
  IconVersions,
} from '@tabler/icons-react';
import type { ReactNode } from 'react';
import type { PipelineDefinition } from 'twenty-mak-domain';
import { memberOf } from '../../app/data/member-of.ts';
import { usePersonName } from '../../parts/people/person-name.tsx';
import { useFormat } from '../../ui/format/use-format.tsx';
import { ThreadItem } from '../../ui/thread/thread.tsx';
import { dataLines, textIn } from './timeline-lines.ts';
import type { TimelineNode } from './timeline-lines.ts';
import { useTimelineText } from './timeline-text.ts';
import styles from './timeline.module.css';

const ICONS = new Map<string, ReactNode>([
  ['event', <IconPackageImport key="event" size={16} />],
  ['note', <IconNote key="note" size={16} />],
  ['stage', <IconProgressCheck key="stage" size={16} />],
  ['gate', <IconLockOpen key="gate" size={16} />],
  ['sla_opened', <IconClockPlay key="sla_opened" size={16} />],
  ['sla_closed', <IconClockStop key="sla_closed" size={16} />],
  ['sla_breached', <IconAlertTriangle key="sla_breached" size={16} />],
  ['migration', <IconVersions key="migration" size={16} />],
  ['merge', <IconArrowMerge key="merge" size={16} />],
  ['canonical', <IconBroadcast key="canonical" size={16} />],
]);

const TONES = new Map<string, 'red' | 'blue' | 'yellow'>([
  ['sla_breached', 'red'],
  ['stage', 'blue'],
  ['note', 'yellow'],
]);

interface TimelineItemProps {
  readonly line: TimelineNode;
  readonly pipeline: PipelineDefinition | null;
}

/** One thing that happened, in words; what was sent can be unfolded. */
export function TimelineItem({ line, pipeline }: TimelineItemProps) {
  const format = useFormat();
  const { title, by } = useTimelineText(line, pipeline);
  return (
    <ThreadItem icon={ICONS.get(line.kind)} tone={TONES.get(line.kind)}>
      {line.kind === 'note' ? <Note line={line} /> : <p className={styles.title}>{title}</p>}
      <p className={styles.by}>
        <time dateTime={line.at}>{format.dateTime(line.at)}</time>
        {by !== null && <> · {by}</>}
      </p>
      {(line.kind === 'event' || line.kind === 'canonical') && <Sent line={line} />}
    </ThreadItem>
  );
}

function Note({ line: { detail } }: { readonly line: TimelineNode }) {
  const { t } = useLingui();
  const format = useFormat();
  const data = memberOf(detail, 'data');
  const author = usePersonName(textIn(data, 'author'));
  const changedAt = textIn(data, 'changed_at');
  const when = changedAt === null ? null : format.dateTime(changedAt);
  if (memberOf(data, 'removed') === true)
    return <p className={styles.title}>{t`The note was removed.`}</p>;
  return (
    <>
      {author !== null && <p className={styles.author}>{author}</p>}
      <p className={styles.note}>{textIn(data, 'text')}</p>
      {when !== null && <p className={styles.by}>{t`Edited ${when}`}</p>}
    </>
  );
}

function Sent({ line: { detail } }: { readonly line: TimelineNode }) {
  const { t } = useLingui();
  const members = dataLines(detail);
  const id = textIn(detail, 'event_id');
  return (
    <details className={styles.sent}>
      <summary>
        <Trans>What was sent</Trans>
      </summary>
      <dl>
        {id !== null && (
          <div>
            <dt>{t`Event`}</dt>
            <dd>{id}</dd>
          </div>
        )}
        {members.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </details>
  );
}
