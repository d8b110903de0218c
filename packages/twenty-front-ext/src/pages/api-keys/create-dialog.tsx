import { useMutation } from '@apollo/client/react';
import { useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { useAttempt } from '../../app/data/use-attempt.ts';
import { useTenant } from '../../app/shell/tenant.tsx';
import { ApiClientListDocument, CreateApiClientDocument } from '../../generated/graphql.ts';
import type { ApiClientKind, CreateApiClientMutation } from '../../generated/graphql.ts';
import { SCOPES, usePermissionText } from '../../parts/access/access-texts.ts';
import { FormDialog } from '../../ui/dialog/form-dialog.tsx';
import { CheckboxGroup } from '../../ui/form/checkbox-group.tsx';
import { SelectField } from '../../ui/form/select-field.tsx';
import { TextField } from '../../ui/form/text-field.tsx';
import { dayBegins } from '../../ui/format/day.ts';
import { SecretDialog } from '../../ui/secret/secret-dialog.tsx';

type Scope = (typeof SCOPES)[number];
type Created = CreateApiClientMutation['createApiClient'];

/** A new key with its permissions; its secret is shown once. */
export function CreateDialog({ onClose }: { readonly onClose: () => void }) {
  const { t } = useLingui();
  const { timeZone } = useTenant();
  const permissionText = usePermissionText();
  const { problem, busy, run } = useAttempt();
  const [create] = useMutation(CreateApiClientDocument, {
    refetchQueries: [ApiClientListDocument],
  });
  const [name, setName] = useState('');
  const [kind, setKind] = useState<ApiClientKind>('api_key');
  const [scopes, setScopes] = useState<readonly Scope[]>([]);
  const [lastDay, setLastDay] = useState('');
  const [created, setCreated] = useState<Created | null>(null);

  const submit = async (): Promise<void> => {
    const expires = lastDay === '' ? {} : { expiresAt: dayBegins(lastDay, timeZone, 1) };
    await run(async () => {
      const { data } = await create({
        variables: { input: { name: name.trim(), kind, scopes: [...scopes], ...expires } },
      });
      setCreated(data?.createApiClient ?? null);
    });
  };
  if (created !== null) return <Secret created={created} onClose={onClose} />;
  return (
    <FormDialog
      title={t`New key`}
      size="medium"
      action={t`Create`}
      problem={problem}
      busy={busy}
      unfit={name.trim() === '' || scopes.length === 0}
      onSubmit={submit}
      onClose={onClose}
    >
      <TextField
        label={t`Name`}
        hint={t`Which system uses it.`}
        required
        maxLength={200}
        value={name}
        onChange={setName}
      />
      <SelectField
        label={t`Kind`}
        value={kind}
        options={[
          { value: 'api_key', label: t`API key` },
          { value: 'oauth', label: t`OAuth client` },
        ]}
        onChange={setKind}
      />
      <CheckboxGroup
        label={t`Permissions`}
        values={scopes}
        options={SCOPES.map((value) => ({ value, label: permissionText(value) }))}
        onChange={setScopes}
      />
      <TextField
        label={t`Last day`}
        hint={t`Left empty it never ends by itself.`}
        type="date"
        value={lastDay}
        onChange={setLastDay}
      />
    </FormDialog>
  );
}

function Secret({
  created: { apiClient, secret },
  onClose,
}: {
  readonly created: Created;
  readonly onClose: () => void;
}) {
  const { t } = useLingui();
  const { id, name, kind } = apiClient;
  const values =
    kind === 'oauth'
      ? [
          { label: t`Client id`, value: id },
          { label: t`Client secret`, value: secret },
        ]
      : [{ label: t`API key`, value: secret }];
  return (
    <SecretDialog
      title={t`${name} is ready`}
      text={t`Copy it now: it is shown only this once, and we keep no copy.`}
      values={values}
      onClose={onClose}
    />
  );
}
