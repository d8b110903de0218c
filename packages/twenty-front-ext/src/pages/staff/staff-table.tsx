import { useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { Tag } from 'twenty-ui/data-display';
import { useAccountId } from '../../app/shell/tenant.tsx';
import type { StaffLineFragment } from '../../generated/graphql.ts';
import { EmailAddress } from '../../parts/people/email-address.tsx';
import { PersonCell } from '../../parts/people/person-cell.tsx';
import { STATUS_COLORS, useStatusNames } from '../../parts/people/status-names.ts';
import { Table } from '../../ui/table/table.tsx';
import { RenameDialog } from './rename-dialog.tsx';
import { StaffMenu } from './staff-menu.tsx';

interface StaffTableProps {
  readonly staff: readonly StaffLineFragment[];
  readonly companyId: string | null;
}

/** Everybody of a company, the head first. */
export function StaffTable({ staff, companyId }: StaffTableProps) {
  const { t } = useLingui();
  const statusNames = useStatusNames();
  const own = useAccountId();
  const [renaming, setRenaming] = useState<StaffLineFragment | null>(null);
  return (
    <>
      <Table
        label={t`Staff`}
        head={[t({ message: 'Name', context: 'of a person' }), t`E-mail`, t`Status`]}
        actions
      >
        {staff.map((person) => {
          const { id, name, email, status, head } = person;
          return (
            <tr key={id}>
              <td>
                <PersonCell id={id} name={name}>
                  {head && <Tag color="purple" text={t`Head`} />}
                  {own === id && <Tag color="blue" text={t`You`} />}
                </PersonCell>
              </td>
              <td>
                <EmailAddress address={email} />
              </td>
              <td>
                <Tag color={STATUS_COLORS[status]} text={statusNames[status]} />
              </td>
              <td>
                {!head && (
                  <StaffMenu
                    person={person}
                    companyId={companyId}
                    own={own === id}
                    onRename={() => setRenaming(person)}
                  />
                )}
              </td>
            </tr>
          );
        })}
      </Table>
      {renaming !== null && (
        <RenameDialog person={renaming} companyId={companyId} onClose={() => setRenaming(null)} />
      )}
    </>
  );
}
