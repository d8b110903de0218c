import { useMutation, useQuery } from '@apollo/client/react';
import { useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { Button } from 'twenty-ui/input';
import { useAttempt } from '../../app/data/use-attempt.ts';
import {
  LeadImportProfilesDocument,
  SaveLeadImportProfileDocument,
} from '../../generated/graphql.ts';
import type { ImportMappingFragment } from '../../generated/graphql.ts';
import { Dialog, DialogActions } from '../../ui/dialog/dialog.tsx';
import { Form } from '../../ui/form/form.tsx';
import { SelectField } from '../../ui/form/select-field.tsx';
import { TextField } from '../../ui/form/text-field.tsx';
import { useSnackbar } from '../../ui/snackbar/snackbar.tsx';
import { mappingInput } from './mapping-draft.ts';
import type { MappingDraft } from './mapping-draft.ts';
import styles from './lead-import.module.css';

interface ProfileBarProps {
  readonly draft: MappingDraft;
  readonly onTake: (mapping: ImportMappingFragment) => void;
}

/** Saved mappings: one for each kind of file that comes again. */
export function ProfileBar({ draft, onTake }: ProfileBarProps) {
  const { t } = useLingui();
  const [naming, setNaming] = useState(false);
  const [chosen, setChosen] = useState('');
  const { data } = useQuery(LeadImportProfilesDocument);
  const profiles = data?.leadImportProfiles ?? [];
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
  const [save] = useMutation(SaveLeadImportProfileDocument, {
    refetchQueries: [LeadImportProfilesDocument],
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
    <Dialog open title={t`Save this mapping`} onClose={onClose}>
      <Form problem={problem} onSubmit={submit} takesFocus>
        <TextField label={t`Name`} required maxLength={100} value={name} onChange={setName} />
        <DialogActions>
          <Button type="button" title={t`Cancel`} variant="secondary" onClick={onClose} />
          <Button
            type="submit"
            title={t`Save`}
            variant="primary"
            accent="blue"
            disabled={busy || name.trim() === ''}
          />
        </DialogActions>
      </Form>
    </Dialog>
  );
}
