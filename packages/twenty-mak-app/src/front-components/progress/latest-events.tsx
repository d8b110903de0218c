import { useLocale, useTranslate } from 'twenty-sdk/front-component';
import { formatInstant } from '../ui/language.ts';
import { column, theme } from '../ui/theme.ts';
import type { DealProgress, Line } from './deal-progress.ts';

/** Events by which MaK tells other systems what the other lines say already. */
const OWN_EVENTS = 'masterdeal.';

/** What happened last, newest first. */
export function LatestEvents({ deal }: { readonly deal: DealProgress }) {
  return (
    <ul style={{ ...column, gap: 6, margin: 0, padding: 0, listStyle: 'none' }}>
      {deal.timeline.nodes
        .filter((line) => !detailOf(line, 'type').startsWith(OWN_EVENTS))
        .map((line) => (
          <EventLine key={line.key} line={line} deal={deal} />
        ))}
    </ul>
  );
}

function EventLine({ line, deal }: { readonly line: Line; readonly deal: DealProgress }) {
  const locale = useLocale();
  const textOf = useLineText(deal);
  const source = detailOf(line, 'source');
  return (
    <li style={{ display: 'flex', justifyContent: 'space-between', gap: 8 }}>
      <span>
        {textOf(line)}
        {source !== '' && <span style={{ color: theme.textTertiary }}> · {source}</span>}
      </span>
      <span style={{ color: theme.textTertiary, whiteSpace: 'nowrap' }}>
        {formatInstant(locale, line.at)}
      </span>
    </li>
  );
}

function detailOf({ detail }: Line, name: string): string {
  const value = detail[name];
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}

/** A line in words, with the titles of the pipeline; events by their type. */
function useLineText(deal: DealProgress): (line: Line) => string {
  const { t } = useTranslate();
  const stage = (key: string): string => deal.path.find((step) => step.key === key)?.title ?? key;
  return (line) => {
    const key = detailOf(line, 'timer');
    const timer = deal.slaRuns.find((run) => run.timer === key)?.title ?? key;
    switch (line.kind) {
      case 'stage':
        return t('Stage: {from} → {to}', {
          from: stage(detailOf(line, 'from')),
          to: stage(detailOf(line, 'to')),
        });
      case 'gate': {
        const gate =
          deal.gates.find((one) => one.gate === detailOf(line, 'gate'))?.title ??
          detailOf(line, 'gate');
        return line.detail['status'] === true
          ? t('Gate holds: {gate}', { gate })
          : t('Gate no longer holds: {gate}', { gate });
      }
      case 'sla_opened':
        return t('SLA started: {timer}', { timer });
      case 'sla_closed':
        return t('SLA ended: {timer}', { timer });
      case 'sla_breached':
        return t('SLA breached: {timer}', { timer });
      case 'note':
        return t('Note: {text}', { text: detailOf(line, 'text') });
      case 'migration':
        return t('Moved to another version of the pipeline');
      case 'merge':
        return t('Merged with another deal');
      default:
        return detailOf(line, 'type');
    }
  };
}
