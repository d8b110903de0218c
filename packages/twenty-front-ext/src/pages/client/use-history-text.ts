import { useLingui } from '@lingui/react/macro';
import { isTrueIn, textIn, textsIn } from './detail.ts';
import type { HistoryLine } from './use-client-history.ts';

/** A line of the history in words. Stages and timers are keys: deals of several pipelines are here together. */
export function useHistoryText({ kind, detail }: HistoryLine): string {
  const { t } = useLingui();
  switch (kind) {
    case 'stage': {
      const from = textIn(detail, 'from');
      const to = textIn(detail, 'to') ?? '';
      return from === null ? t`Stage: ${to}` : t`Stage: ${from} → ${to}`;
    }
    case 'note':
      return isTrueIn(detail, 'removed')
        ? t`The note was removed.`
        : (textIn(detail, 'text') ?? '');
    case 'breach': {
      const timer = textIn(detail, 'timer') ?? '';
      return isTrueIn(detail, 'open')
        ? t`SLA breached and still open: ${timer}`
        : t`SLA breached: ${timer}`;
    }
    case 'lead':
      // `LeadMove` tells it: it has to ask for the tenant's words.
      return '';
    case 'edit':
      return edit();
  }

  function edit(): string {
    switch (textIn(detail, 'action')) {
      case 'client.created':
        return t`Client created`;
      case 'client.merged':
        return t`Another client merged into this one`;
      case 'client.archived':
        return t`Client archived`;
      case 'client.taken_back':
        return t`Client taken back with its lead`;
      case 'client.restored':
        return t`Client restored`;
      default: {
        const fields = textsIn(detail, 'fields').map((name) => name.replaceAll('_', ' '));
        return t`Client edited: ${fields.join(', ')}`;
      }
    }
  }
}
