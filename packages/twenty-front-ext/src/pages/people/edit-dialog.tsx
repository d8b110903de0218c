import { useApolloClient } from '@apollo/client/react';
import { useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { changesOf } from '../../app/data/save-versioned.ts';
import { useVersionedSave } from '../../app/data/use-versioned-save.ts';
import { LANGUAGES, isLanguage } from '../../app/i18n/languages.ts';
import { AccountNowDocument, UpdateAccountDocument } from '../../generated/graphql.ts';
import type { AccountLineFragment } from '../../generated/graphql.ts';
import { useRoleNames } from '../../parts/access/access-texts.ts';
import { ValuesConflict } from '../../ui/conflict/values-conflict.tsx';
import { FormDialog } from '../../ui/dialog/form-dialog.tsx';
import { useSnackbar } from '../../ui/snackbar/snackbar.tsx';
import { AccountFields } from './account-fields.tsx';
import type { AccountValues } from './account-fields.tsx';

type Editable = AccountValues & { readonly version: number };

/** Name, role and language of a person. */
export function EditDialog({
  person,
  onClose,
}: {
  readonly person: AccountLineFragment;
  readonly onClose: () => void;
}) {
  const { t } = useLingui();
  const snackbar = useSnackbar();
  const client = useApolloClient();
  const roleNames = useRoleNames();
  // As it was opened: the list behind may change meanwhile.
  const [seen] = useState<Editable>(() => editable(person));
  const [values, setValues] = useState<AccountValues>(seen);
  const changes = changesOf<Editable>(seen, { ...seen, ...values, name: values.name.trim() });
  const { id } = person;
  const { problem, busy, conflict, save, keepMine, takeTheirs } = useVersionedSave<Editable>({
    read: async () => {
      const { data } = await client.query({
        query: AccountNowDocument,
        variables: { id },
        fetchPolicy: 'network-only',
      });
      if (data === undefined) throw new Error('The answer has no data.');
      return editable(data.account);
    },
    send: async (version, part) => {
      const { data } = await client.mutate({
        mutation: UpdateAccountDocument,
        variables: { id, input: { ...part, version } },
      });
      if (data === undefined || data === null) throw new Error('The answer has no data.');
      return editable(data.updateAccount);
    },
    onSaved: () => {
      snackbar.success(t`Saved`);
      onClose();
    },
  });
  const labels = {
    name: t({ message: 'Name', context: 'of a person' }),
    role: t`Role`,
    locale: t`Language`,
    version: '',
  };
  const show = (field: keyof Editable, { name, role, locale }: Partial<Editable>): string => {
    if (field === 'name') return name ?? '';
    if (field === 'role') return role === undefined ? '' : roleNames[role];
    return isLanguage(locale) ? LANGUAGES[locale] : '';
  };
  if (conflict !== null) {
    return (
      <ValuesConflict
        rows={conflict.fields.map((field) => ({
          label: labels[field],
          mine: show(field, conflict.changes),
          theirs: show(field, conflict.now),
        }))}
        onKeepMine={() => void keepMine()}
        onTakeTheirs={() => void takeTheirs()}
      />
    );
  }
  return (
    <FormDialog
      title={t`Edit ${person.name}`}
      action={t`Save`}
      problem={problem}
      busy={busy}
      unfit={Object.keys(changes).length === 0 || values.name.trim() === ''}
      onSubmit={() => save(seen, changes)}
      onClose={onClose}
    >
      <AccountFields values={values} onChange={setValues} />
    </FormDialog>
  );
}

function editable({ name, role, locale, version }: AccountLineFragment): Editable {
  return { name, role, locale, version };
}
