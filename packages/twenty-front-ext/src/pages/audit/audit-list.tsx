import { useQuery } from '@apollo/client/react';
import { useLingui } from '@lingui/react/macro';
import { IconHistory } from '@tabler/icons-react';
import { Link } from 'react-router-dom';
import { problemOf } from '../../app/data/problem.ts';
import { useTenant } from '../../app/shell/tenant.tsx';
import { AuditLogDocument } from '../../generated/graphql.ts';
import type { AuditLineFragment, AuditLogQueryVariables } from '../../generated/graphql.ts';
import { useRoleNames } from '../../parts/access/access-texts.ts';
import { PersonName } from '../../parts/people/person-name.tsx';
import { useFormat } from '../../ui/format/use-format.tsx';
import { EmptyState } from '../../ui/states/empty-state.tsx';
import { ErrorState } from '../../ui/states/error-state.tsx';
import { PageSkeleton } from '../../ui/states/skeleton.tsx';
import { More, Table } from '../../ui/table/table.tsx';
import { detailLines } from './audit-detail.ts';
import { pageOf } from './audit-links.ts';
import { ACTIONS, ENTITIES } from './audit-texts.ts';
import styles from './audit.module.css';

export function AuditList({ filter }: { readonly filter: AuditLogQueryVariables }) {
  const { t } = useLingui();
  const { data, error, loading, refetch, fetchMore } = useQuery(AuditLogDocument, {
    variables: filter,
    notifyOnNetworkStatusChange: true,
  });
  const page = data?.auditEntries;
  if (page === undefined) {
    if (error === undefined) return <PageSkeleton rows={10} />;
    return <ErrorState problem={problemOf(error)} onRetry={() => void refetch()} />;
  }
  if (page.items.length === 0) {
    return (
      <EmptyState
        Icon={IconHistory}
        title={t`Nothing happened`}
        text={t`Every change and every look at personal data is kept here. Nothing fits these filters.`}
      />
    );
  }
  return (
    <>
      <Table label={t`Audit log`} head={[t`When`, t`Who and what`, t`Details`]}>
        {page.items.map((entry) => (
          <Entry key={entry.id} entry={entry} />
        ))}
      </Table>
      <More
        next={page.next}
        busy={loading}
        onMore={(cursor) => void fetchMore({ variables: { cursor } })}
      />
    </>
  );
}

function Entry({ entry }: { readonly entry: AuditLineFragment }) {
  const { i18n } = useLingui();
  const { dateTime } = useFormat();
  const action = ACTIONS[entry.action];
  const actor = useActorName(entry);
  const lines = detailLines(entry.detail);
  return (
    <tr>
      <td className={styles.when}>{dateTime(entry.at)}</td>
      <td>
        <strong className={styles.actor}>{actor}</strong>{' '}
        {action === undefined ? entry.action : i18n._(action)}
        <About entry={entry} />
      </td>
      <td className={styles.details}>
        {lines.map(({ key, text }) => (
          <div key={key}>
            <code>{key}</code> {text}
          </div>
        ))}
      </td>
    </tr>
  );
}

/** The record that the entry speaks of, when there is one to name. */
function About({ entry: { entity, entityId, entityName } }: { readonly entry: AuditLineFragment }) {
  const { i18n } = useLingui();
  if (entityId === null || entity === 'tenant') return null;
  const kind = ENTITIES[entity];
  const page = pageOf(entity, entityId);
  const name = <RecordName entity={entity} id={entityId} name={entityName} />;
  return (
    <div className={styles.about}>
      {kind === undefined ? entity : i18n._(kind)}:{' '}
      {page === null ? name : <Link to={page}>{name}</Link>}
    </div>
  );
}

interface RecordNameProps {
  readonly entity: string;
  readonly id: string;
  readonly name: string | null;
}

function RecordName({ entity, id, name }: RecordNameProps) {
  const { t } = useLingui();
  const tenant = useTenant();
  const roleNames: Readonly<Record<string, string>> = useRoleNames();
  if (entity === 'role') return roleNames[id] ?? id;
  if (entity === 'deal' && name === '') return t`Deal without a name`;
  if (entity === 'wallet') return id === tenant.id ? t`the head office` : <PersonName id={id} />;
  return name ?? id;
}

function useActorName({ actorKind, actorId, actorName }: AuditLineFragment): string {
  const { t } = useLingui();
  if (actorKind === 'operator') return t`The operator`;
  if (actorKind === 'system') return t`MaK`;
  return actorName ?? actorId;
}
