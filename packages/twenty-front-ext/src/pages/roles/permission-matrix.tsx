import { useLingui } from '@lingui/react/macro';
import { IconLock } from '@tabler/icons-react';
import { useState } from 'react';
import type { RoleLineFragment } from '../../generated/graphql.ts';
import {
  usePermissionText,
  useRoleNames,
  useSectionNames,
} from '../../parts/access/access-texts.ts';
import { sectionsOf } from './permission-sections.ts';
import { usePermissionChange } from './use-permission-change.ts';
import styles from './roles.module.css';

/** Permissions by role and section: a row for each permission, a column for each role. */
export function PermissionMatrix({ roles }: { readonly roles: readonly RoleLineFragment[] }) {
  const { t } = useLingui();
  const names = useRoleNames();
  const text = usePermissionText();
  const sectionNames = useSectionNames();
  const sections = sectionsOf(roles[0]?.permissions.map(({ key }) => key) ?? []);
  return (
    <div className={styles.scroll}>
      <table className={styles.matrix} aria-label={t`Permissions by role`}>
        <thead>
          <tr>
            <th scope="col">{t`Permission`}</th>
            {roles.map(({ role }) => (
              <th key={role} scope="col">
                {names[role]}
              </th>
            ))}
          </tr>
        </thead>
        {sections.map(({ section, keys }) => (
          <tbody key={section}>
            <tr>
              <th scope="rowgroup" colSpan={roles.length + 1}>
                {section === 'other' ? t`Other` : sectionNames[section]}
              </th>
            </tr>
            {keys.map((key) => (
              <tr key={key}>
                <th scope="row">
                  {text(key)}
                  <code>{key}</code>
                </th>
                {roles.map((role) => (
                  <Cell key={role.role} role={role} permission={key} />
                ))}
              </tr>
            ))}
          </tbody>
        ))}
      </table>
    </div>
  );
}

function Cell({
  role,
  permission,
}: {
  readonly role: RoleLineFragment;
  readonly permission: string;
}) {
  const { t } = useLingui();
  const names = useRoleNames();
  const text = usePermissionText();
  const change = usePermissionChange();
  const [busy, setBusy] = useState(false);
  const cell = role.permissions.find(({ key }) => key === permission);
  if (cell === undefined) return <td>–</td>;
  const toggle = async (allowed: boolean): Promise<void> => {
    setBusy(true);
    await change(role, permission, allowed);
    setBusy(false);
  };
  const label = `${names[role.role]}: ${text(permission)}`;
  const why =
    role.role === 'admin'
      ? t`Locked: admins always manage people, so that somebody always can.`
      : t`Locked: it reaches beyond what is its own, which is all that this role sees.`;
  return (
    <td data-changed={cell.allowed !== cell.default}>
      <label className={styles.cell} title={cell.locked ? why : undefined}>
        <input
          type="checkbox"
          aria-label={cell.locked ? `${label}. ${why}` : label}
          checked={cell.allowed}
          disabled={cell.locked}
          aria-busy={busy}
          onChange={(event) => {
            if (!busy) void toggle(event.target.checked);
          }}
        />
        {cell.locked && <IconLock size={12} aria-hidden />}
        {cell.allowed !== cell.default && <span className={styles.mark}>{t`changed`}</span>}
      </label>
    </td>
  );
}
