import { useMutation } from '@apollo/client/react';
import { useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import type { SubmitEvent } from 'react';
import { useNavigate } from 'react-router-dom';
import { presets } from 'twenty-mak-domain';
import { Button } from 'twenty-ui/input';
import { problemOf } from '../../app/data/problem.ts';
import { CreatePipelineDocument, PipelineListDocument } from '../../generated/graphql.ts';
import { Dialog } from '../../ui/dialog/dialog.tsx';
import { FormProblem } from '../../ui/form/form-problem.tsx';
import { SelectField } from '../../ui/form/select-field.tsx';
import { TextField } from '../../ui/form/text-field.tsx';
import { emptyDefinition } from './empty-definition.ts';
import styles from './pipelines.module.css';

const EMPTY = '';

interface CreateDialogProps {
  readonly taken: readonly string[];
  readonly onClose: () => void;
}

/** A new pipeline from one that ships with the product, or from the least that is a pipeline. */
export function CreateDialog({ taken, onClose }: CreateDialogProps) {
  const { t } = useLingui();
  const navigate = useNavigate();
  const [title, setTitle] = useState('');
  const [key, setKey] = useState('');
  const [preset, setPreset] = useState(EMPTY);
  const [create, { loading, error }] = useMutation(CreatePipelineDocument, {
    refetchQueries: [PipelineListDocument],
  });
  const isTaken = taken.includes(key.trim());

  const submit = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    const named = { key: key.trim(), title: title.trim() };
    const words = {
      begin: t`New`,
      work: t`In work`,
      won: t`Won`,
      lost: t`Lost`,
      started: t`Work has begun`,
      bought: t`The client has bought`,
    };
    const input =
      preset === EMPTY
        ? { definition: emptyDefinition(named, words) }
        : { preset, key: named.key, title: named.title };
    const { data } = await create({ variables: { input } }).catch(() => ({ data: undefined }));
    if (data !== undefined) {
      onClose();
      navigate(`/settings/pipelines/${data.createPipeline.key}`);
    }
  };
  return (
    <Dialog open title={t`New pipeline`} onClose={onClose}>
      <form onSubmit={(event) => void submit(event)}>
        <TextField label={t`Name`} required maxLength={200} value={title} onChange={setTitle} />
        <TextField
          label={t`Key`}
          required
          maxLength={64}
          pattern="[A-Za-z][A-Za-z0-9_\-]*"
          hint={t`What other systems call it: letters, digits, - and _. It never changes.`}
          error={isTaken ? t`There already is a pipeline with this key.` : null}
          value={key}
          onChange={setKey}
        />
        <SelectField
          label={t`Begin with`}
          value={preset}
          options={[
            { value: EMPTY, label: t`A few stages` },
            ...Object.values(presets).map((one) => ({ value: one.key, label: one.title })),
          ]}
          onChange={setPreset}
        />
        <FormProblem problem={error === undefined ? null : problemOf(error)} />
        <div className={styles.actions}>
          <Button type="button" title={t`Cancel`} variant="secondary" onClick={onClose} />
          <Button
            type="submit"
            title={t`Create`}
            variant="primary"
            accent="blue"
            disabled={loading || isTaken}
          />
        </div>
      </form>
    </Dialog>
  );
}
