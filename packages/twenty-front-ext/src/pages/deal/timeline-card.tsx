import { useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import type { PipelineDefinition } from 'twenty-mak-domain';
import { Card } from '../../ui/card/card.tsx';
import { EmptyState } from '../../ui/states/empty-state.tsx';
import { ErrorState } from '../../ui/states/error-state.tsx';
import { Skeleton } from '../../ui/states/skeleton.tsx';
import { Thread, ThreadMore } from '../../ui/thread/thread.tsx';
import { NoteForm } from './note-form.tsx';
import { TimelineItem } from './timeline-item.tsx';
import type { TimelineFilter } from './timeline-lines.ts';
import { useTimeline } from './use-timeline.ts';
import styles from './timeline.module.css';

interface TimelineCardProps {
  readonly id: string;
  readonly pipeline: PipelineDefinition | null;
  readonly revision: number;
  readonly writable: boolean;
}

/** All that happened to the deal, and a place to note more. */
export function TimelineCard({ id, pipeline, revision, writable }: TimelineCardProps) {
  const { t } = useLingui();
  const [filter, setFilter] = useState<TimelineFilter>('all');
  const [noted, setNoted] = useState(0);
  const timeline = useTimeline(id, filter, revision + noted);
  return (
    <Card title={t`Timeline`}>
      {writable && <NoteForm id={id} onAdded={() => setNoted((count) => count + 1)} />}
      <FilterChoice value={filter} onChange={setFilter} />
      {content()}
      <ThreadMore loading={timeline.loading} onMore={timeline.loadMore} />
    </Card>
  );

  function content() {
    const { lines, problem, retry } = timeline;
    if (problem !== null) return <ErrorState problem={problem} onRetry={retry} />;
    if (lines === null) return <Skeleton height={320} />;
    if (lines.length === 0)
      return (
        <EmptyState
          title={t`Nothing here`}
          text={t`What systems and people tell about this deal appears here.`}
        />
      );
    return (
      <Thread>
        {lines.map((line) => (
          <TimelineItem key={line.key} line={line} pipeline={pipeline} />
        ))}
      </Thread>
    );
  }
}

function FilterChoice({
  value,
  onChange,
}: {
  readonly value: TimelineFilter;
  readonly onChange: (value: TimelineFilter) => void;
}) {
  const { t } = useLingui();
  const choices: readonly { value: TimelineFilter; label: string }[] = [
    { value: 'all', label: t`All` },
    { value: 'notes', label: t`Notes` },
    { value: 'stages', label: t`Stages and gates` },
    { value: 'sla', label: t`SLA` },
    { value: 'events', label: t`Events in` },
    { value: 'canonical', label: t`Events out` },
  ];
  return (
    <div role="group" aria-label={t`Show`} className={styles.filters}>
      {choices.map((choice) => (
        <button
          key={choice.value}
          type="button"
          className={styles.filter}
          aria-pressed={choice.value === value}
          onClick={() => onChange(choice.value)}
        >
          {choice.label}
        </button>
      ))}
    </div>
  );
}
