import { useMutation, useQuery } from '@apollo/client/react';
import { useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { Button } from 'twenty-ui/input';
import { useAttempt } from '../../app/data/use-attempt.ts';
import type { ImportMappingFragment } from '../../generated/graphql.ts';
import { FormDialog } from '../../ui/dialog/form-dialog.tsx';
import { SelectField } from '../../ui/form/select-field.tsx';
import { TextField } from '../../ui/form/text-field.tsx';
import { useSnackbar } from '../../ui/snackbar/snackbar.tsx';
import { useImportKind } from './import-kind.ts';
import { mappingInput } from './mapping-draft.ts';
import type { MappingDraft } from './mapping-draft.ts';
import styles from './imports.module.css';

interface ProfileBarProps {
  readonly draft: MappingDraft;
  readonly onTake: (mapping: ImportMappingFragment) => void;
}

/** Saved mappings: one for each kind of file that comes again. */
export function ProfileBar({ draft, onTake }: ProfileBarProps) {
  const { t } = useLingui();
  const [naming, setNaming] = useState(false);
  const [chosen, setChosen] = useState('');
  const { documents } = useImportKind();
  const { data } = useQuery(documents.profiles);
  const profiles = data?.profiles ?? [];
  const take = (id: string): void => {
    setChosen(id);
    const profile = profiles.find((one) => one.id === id);
    if (profile !== undefined) onTake(profile.mapping);
  };
  return (
    <div className={styles.actions}>
      {profiles.length > 0 && (
        <SelectField
          label={t`Saved mapping`}
          value={chosen}
          options={[
            { value: '', label: t`None` },
            ...profiles.map(({ id, name }) => ({ value: id, label: name })),
          ]}
          onChange={take}
        />
      )}
      <Button
        title={t`Save this mapping`}
        variant="secondary"
        size="small"
        onClick={() => setNaming(true)}
      />
      {naming && <NameDialog draft={draft} onClose={() => setNaming(false)} />}
    </div>
  );
}

function NameDialog({
  draft,
  onClose,
}: {
  readonly draft: MappingDraft;
  readonly onClose: () => void;
}) {
  const { t } = useLingui();
  const snackbar = useSnackbar();
  const [name, setName] = useState('');
  const { problem, busy, run } = useAttempt();
  const { documents } = useImportKind();
  const [save] = useMutation(documents.saveProfile, {
    refetchQueries: [documents.profiles],
  });
  const submit = async (): Promise<void> => {
    const failed = await run(async () => {
      await save({ variables: { name: name.trim(), mapping: mappingInput(draft) } });
    });
    if (failed !== null) return;
    snackbar.success(t`Saved`);
    onClose();
  };
  return (
    <FormDialog
      title={t`Save this mapping`}
      action={t`Save`}
      problem={problem}
      busy={busy}
      unfit={name.trim() === ''}
      onSubmit={submit}
      onClose={onClose}
    >
      <TextField label={t`Name`} required maxLength={100} value={name} onChange={setName} />
    </FormDialog>
  );
}
