import { useLingui } from '@lingui/react/macro';
import { useLeadWords } from '../../parts/leads/use-lead-words.ts';
import { textIn } from './detail.ts';

/** What became of a lead, in the tenant's words for statuses. */
export function LeadMove({ detail }: { readonly detail: unknown }) {
  const { t } = useLingui();
  const { titleOf } = useLeadWords();
  const to = titleOf('statuses', textIn(detail, 'to')) ?? '';
  const from = titleOf('statuses', textIn(detail, 'from'));
  const reason = textIn(detail, 'reason');
  const text = sentence();
  return reason === null ? text : `${text} · ${reason}`;

  function sentence(): string {
    if (from === null) return t`Lead entered: ${to}`;
    if (textIn(detail, 'kind') === 'converted') return t`Lead converted into a deal`;
    return t`Lead: ${from} → ${to}`;
  }
}
