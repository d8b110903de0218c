import { Trans, useLingui } from '@lingui/react/macro';
import {
  IconAlertTriangle,
  IconNote,
  IconPencil,
  IconProgressCheck,
  IconUserSearch,
} from '@tabler/icons-react';
import { useState } from 'react';
import { Link } from 'react-router-dom';
import type { ClientHistoryKind } from '../../generated/graphql.ts';
import { useMay } from '../../app/shell/tenant.tsx';
import { usePersonName } from '../../parts/people/person-name.tsx';
import { Card } from '../../ui/card/card.tsx';
import { useFormat } from '../../ui/format/use-format.tsx';
import { SelectField } from '../../ui/form/select-field.tsx';
import { ErrorState } from '../../ui/states/error-state.tsx';
import { Skeleton } from '../../ui/states/skeleton.tsx';
import { Thread, ThreadItem, ThreadMore } from '../../ui/thread/thread.tsx';
import { textIn } from './detail.ts';
import { LeadMove } from './lead-move.tsx';
import { useClientHistory } from './use-client-history.ts';
import type { HistoryLine } from './use-client-history.ts';
import { useHistoryText } from './use-history-text.ts';
import styles from './history.module.css';

const ICONS = {
  stage: IconProgressCheck,
  note: IconNote,
  breach: IconAlertTriangle,
  lead: IconUserSearch,
  edit: IconPencil,
} as const;
const TONES = {
  stage: 'blue',
  note: 'yellow',
  breach: 'red',
  lead: 'blue',
  edit: undefined,
} as const;

/** Stage changes, notes and breaches of all deals, moves of leads, and edits of the client. */
export function HistoryCard({ id, revision }: { readonly id: string; readonly revision: number }) {
  const { t } = useLingui();
  const mayLeads = useMay('leads:read');
  const [kind, setKind] = useState<ClientHistoryKind | ''>('');
  const history = useClientHistory(id, kind === '' ? null : kind, revision);
  const { lines, problem, retry, loadMore, loading } = history;
  return (
    <Card title={t`History`}>
      <SelectField
        label={t`Show`}
        value={kind}
        options={[
          { value: '', label: t`Everything` },
          { value: 'stage', label: t`Stage changes` },
          { value: 'note', label: t`Notes` },
          { value: 'breach', label: t`Breaches` },
          ...(mayLeads ? [{ value: 'lead' as const, label: t`Leads` }] : []),
          { value: 'edit', label: t`Edits of the client` },
        ]}
        onChange={setKind}
      />
      {content()}
      <ThreadMore loading={loading} onMore={loadMore} />
    </Card>
  );

  function content() {
    if (problem !== null) return <ErrorState problem={problem} onRetry={retry} />;
    if (lines === null) return <Skeleton height={200} />;
    if (lines.length === 0)
      return (
        <p className={styles.by}>
          <Trans>Nothing here yet. What happens to the client and its deals appears here.</Trans>
        </p>
      );
    return (
      <Thread>
        {lines.map((line, index) => (
          <HistoryItem key={`${line.kind} ${line.at} ${line.dealId} ${index}`} line={line} />
        ))}
      </Thread>
    );
  }
}

function HistoryItem({ line }: { readonly line: HistoryLine }) {
  const { t } = useLingui();
  const format = useFormat();
  const { kind, at, dealId, dealName, detail } = line;
  const text = useHistoryText(line);
  const actor = textIn(detail, kind === 'note' ? 'author' : 'by');
  // The actor of an edit is an account or an API key, `account:` or `client:` and its id.
  const account = actor?.startsWith('client:') === true ? null : actor?.replace(/^account:/, '');
  const person = usePersonName(account ?? null);
  const changedAt = textIn(detail, 'changed_at');
  const when = changedAt === null ? null : format.dateTime(changedAt);
  const edited = when === null ? null : t`Edited ${when}`;
  const lead = kind === 'lead' ? textIn(detail, 'lead') : null;
  const Icon = ICONS[kind];
  return (
    <ThreadItem icon={<Icon size={16} />} tone={TONES[kind]}>
      <p className={kind === 'note' ? styles.note : styles.text}>
        {kind === 'lead' ? <LeadMove detail={detail} /> : text}
      </p>
      <p className={styles.by}>
        <time dateTime={at}>{format.dateTime(at)}</time>
        {person !== null && <> · {person}</>}
        {kind === 'note' && edited !== null && <> · {edited}</>}
        {lead !== null && (
          <>
            {' · '}
            <Link to={`/leads/${lead}`}>{t`Open the lead`}</Link>
          </>
        )}
        {dealId !== null && (
          <>
            {' · '}
            <Link to={`/deals/${dealId}`}>{dealName ?? t`Deal without a name`}</Link>
          </>
        )}
      </p>
    </ThreadItem>
  );
}
