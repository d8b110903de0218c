import { useLingui } from '@lingui/react/macro';
import type { PipelineDefinition } from 'twenty-mak-domain';
import { memberOf } from '../../app/data/member-of.ts';
import { stageTitle } from '../../parts/pipelines/stage-tag.tsx';
import { useFormat } from '../../ui/format/use-format.tsx';
import { textIn } from './timeline-lines.ts';
import type { TimelineNode } from './timeline-lines.ts';

interface TimelineText {
  readonly title: string;
  /** Who or what told it. */
  readonly by: string | null;
}

/** A line in words, with the titles of the pipeline. */
export function useTimelineText(
  { kind, detail }: TimelineNode,
  pipeline: PipelineDefinition | null,
): TimelineText {
  const { t } = useLingui();
  const format = useFormat();
  const text = (name: string): string => textIn(detail, name) ?? '';
  const by = textIn(detail, 'source');
  const timer = pipeline?.timers?.find(({ key }) => key === text('timer'))?.title ?? text('timer');
  const due = (): string => (text('due_at') === '' ? '' : format.dateTime(text('due_at')));

  switch (kind) {
    case 'stage': {
      const from = stageTitle(pipeline, text('from'));
      const to = stageTitle(pipeline, text('to'));
      return { title: t`Stage: ${from} → ${to}`, by: reason() };
    }
    case 'gate': {
      const key = text('gate');
      const gate = pipeline?.gates.find((one) => one.key === key)?.title ?? key;
      const holds = memberOf(detail, 'status') === true;
      return { title: holds ? t`Gate holds: ${gate}` : t`Gate no longer holds: ${gate}`, by };
    }
    case 'sla_opened':
      return { title: t`SLA started: ${timer}, due ${due()}`, by };
    case 'sla_closed':
      return { title: closed(), by: null };
    case 'sla_breached':
      return { title: t`SLA breached: ${timer}`, by: null };
    case 'migration': {
      const version = text('pipeline_version');
      const stage = stageTitle(pipeline, text('stage'));
      return { title: t`Moved from version ${version} of the pipeline, where it was ${stage}`, by };
    }
    case 'merge':
      return { title: t`Merged with another deal`, by };
    case 'canonical':
      return { title: text('type'), by: t`told to others` };
    default:
      return { title: event(), by };
  }

  /** What a domain system said, in one line; other events by their type. */
  function event(): string {
    const data = memberOf(detail, 'data');
    const system = textIn(data, 'system');
    const stage = textIn(data, 'stage');
    if (text('type') !== 'domain.stage.changed' || system === null || stage === null)
      return text('type');
    return t`${system} is now ${stage}`;
  }

  function closed(): string {
    switch (text('closed_as')) {
      case 'met':
        return t`SLA in time: ${timer}`;
      case 'breached':
        return t`SLA ended late: ${timer}`;
      default:
        return t`SLA ended: ${timer}`;
    }
  }

  function reason(): string | null {
    switch (text('reason')) {
      case 'ended':
        return t`the deal ended`;
      case 'reopened':
        return t`opened again`;
      case 'late_event':
        return t`an event came late`;
      case 'migration':
        return t`new version of the pipeline`;
      case 'merge':
        return t`deals were merged`;
      default:
        return by;
    }
  }
}
