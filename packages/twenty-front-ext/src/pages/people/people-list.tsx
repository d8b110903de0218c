import { useQuery } from '@apollo/client/react';
import { useLingui } from '@lingui/react/macro';
import { IconUsers } from '@tabler/icons-react';
import { useState } from 'react';
import { Tag } from 'twenty-ui/data-display';
import { problemOf } from '../../app/data/problem.ts';
import { useAccountId } from '../../app/shell/tenant.tsx';
import { AccountListDocument } from '../../generated/graphql.ts';
import type { AccountLineFragment, AccountListQueryVariables } from '../../generated/graphql.ts';
import { useRoleNames } from '../../parts/access/access-texts.ts';
import { EmptyState } from '../../ui/states/empty-state.tsx';
import { ErrorState } from '../../ui/states/error-state.tsx';
import { PageSkeleton } from '../../ui/states/skeleton.tsx';
import { More, Table } from '../../ui/table/table.tsx';
import { EditDialog } from './edit-dialog.tsx';
import { PersonMenu } from './person-menu.tsx';
import { EmailAddress } from '../../parts/people/email-address.tsx';
import { PersonCell } from '../../parts/people/person-cell.tsx';
import { STATUS_COLORS, useStatusNames } from '../../parts/people/status-names.ts';
import styles from './people.module.css';

interface PeopleListProps {
  readonly filter: AccountListQueryVariables;
  readonly mayManage: boolean;
}

export function PeopleList({ filter, mayManage }: PeopleListProps) {
  const { t } = useLingui();
  const { data, previousData, error, loading, refetch, fetchMore } = useQuery(AccountListDocument, {
    variables: filter,
    notifyOnNetworkStatusChange: true,
  });
  const [editing, setEditing] = useState<AccountLineFragment | null>(null);
  const page = (data ?? previousData)?.accounts;
  if (page === undefined) {
    if (error === undefined) return <PageSkeleton />;
    return <ErrorState problem={problemOf(error)} onRetry={() => void refetch()} />;
  }
  if (page.items.length === 0) {
    return (
      <EmptyState
        Icon={IconUsers}
        title={t`Nobody found`}
        text={t`No person has this name, role and status.`}
      />
    );
  }
  return (
    <>
      <Table
        label={t`People`}
        head={[
          t({ message: 'Name', context: 'of a person' }),
          ...(mayManage ? [t`E-mail`] : []),
          t`Role`,
          t`Status`,
        ]}
        actions={mayManage}
      >
        {page.items.map((person) => (
          <PersonRow
            key={person.id}
            person={person}
            mayManage={mayManage}
            onEdit={() => setEditing(person)}
          />
        ))}
      </Table>
      <More
        next={page.next}
        busy={loading}
        onMore={(cursor) => void fetchMore({ variables: { cursor } })}
      />
      {editing !== null && <EditDialog person={editing} onClose={() => setEditing(null)} />}
    </>
  );
}

function PersonRow({
  person,
  mayManage,
  onEdit,
}: {
  readonly person: AccountLineFragment;
  readonly mayManage: boolean;
  readonly onEdit: () => void;
}) {
  const { t } = useLingui();
  const roleNames = useRoleNames();
  const statusNames = useStatusNames();
  const own = useAccountId() === person.id;
  const { id, name, email, role, status } = person;
  return (
    <tr>
      <td>
        <PersonCell id={id} name={name}>
          {own && <Tag color="blue" text={t`You`} />}
        </PersonCell>
      </td>
      {mayManage && (
        <td>
          <EmailAddress address={email} />
        </td>
      )}
      <td className={styles.role}>{roleNames[role]}</td>
      <td>
        <Tag color={STATUS_COLORS[status]} text={statusNames[status]} />
      </td>
      {mayManage && (
        <td>
          <PersonMenu person={person} own={own} onEdit={onEdit} />
        </td>
      )}
    </tr>
  );
}
