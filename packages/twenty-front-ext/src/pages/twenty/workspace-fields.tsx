import { useLingui } from '@lingui/react/macro';
import type { Role } from '../../generated/graphql.ts';
import { ROLES, useRoleNames } from '../../parts/access/access-texts.ts';
import { CheckboxField } from '../../ui/form/checkbox-field.tsx';
import { SelectField } from '../../ui/form/select-field.tsx';
import { TextField } from '../../ui/form/text-field.tsx';
import { FieldPair } from '../../ui/section/section.tsx';
import type { WorkspaceValues } from './workspace-values.ts';

interface WorkspaceFieldsProps {
  readonly values: WorkspaceValues;
  readonly onChange: (values: WorkspaceValues) => void;
}

/** Nobody becomes an admin by signing in from elsewhere. */
const NEWCOMER_ROLES = ROLES.filter((role) => role !== 'admin');

export function WorkspaceFields({ values, onChange }: WorkspaceFieldsProps) {
  const { t } = useLingui();
  const roleNames = useRoleNames();
  return (
    <>
      <CheckboxField
        label={t`People may sign in from twenty`}
        hint={t`Turned off, pages of MaK that are open inside twenty end at once.`}
        checked={values.enabled}
        onChange={(enabled) => onChange({ ...values, enabled })}
      />
      <TextField
        label={t`Address of twenty`}
        hint={t`Where MaK asks who somebody is. Only pages of this address may show ours inside them.`}
        type="url"
        required
        placeholder="https://crm.example.com"
        value={values.address}
        onChange={(address) => onChange({ ...values, address })}
      />
      <FieldPair>
        <TextField
          label={t`Workspace id`}
          required
          spellCheck={false}
          autoComplete="off"
          placeholder="00000000-0000-0000-0000-000000000000"
          value={values.workspaceId}
          onChange={(workspaceId) => onChange({ ...values, workspaceId })}
        />
        <TextField
          label={t`Application id`}
          hint={t`Of MaK, as this workspace has installed it.`}
          required
          spellCheck={false}
          autoComplete="off"
          placeholder="00000000-0000-0000-0000-000000000000"
          value={values.applicationId}
          onChange={(applicationId) => onChange({ ...values, applicationId })}
        />
      </FieldPair>
      <SelectField<Role>
        label={t`Role of newcomers`}
        hint={t`What people become who have no account here. Those who have one keep their role.`}
        value={values.newcomerRole}
        options={NEWCOMER_ROLES.map((value) => ({ value, label: roleNames[value] }))}
        onChange={(newcomerRole) => onChange({ ...values, newcomerRole })}
      />
    </>
  );
}
