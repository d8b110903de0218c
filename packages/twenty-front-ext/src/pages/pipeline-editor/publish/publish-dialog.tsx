import { useMutation, useQuery } from '@apollo/client/react';
import { Trans, useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import type { ConfirmedRegression, PipelineDefinition } from 'twenty-mak-domain';
import { Button } from 'twenty-ui/input';
import { problemOf } from '../../../app/data/problem.ts';
import {
  PipelineVerificationDocument,
  PipelineVersionsDocument,
  PublishPipelineDocument,
} from '../../../generated/graphql.ts';
import type {
  EditedPipelineFragment,
  PipelineVerificationQuery,
} from '../../../generated/graphql.ts';
import { Dialog } from '../../../ui/dialog/dialog.tsx';
import { CheckboxField } from '../../../ui/form/checkbox-field.tsx';
import { FormProblem } from '../../../ui/form/form-problem.tsx';
import { ErrorState } from '../../../ui/states/error-state.tsx';
import { Skeleton } from '../../../ui/states/skeleton.tsx';
import { NoteList } from '../check/note-list.tsx';
import type { Note } from '../check/notes.ts';
import { RegressionText } from '../verify/confirmations.tsx';
import { DiffList } from '../versions/diff-list.tsx';
import { readRegressions } from './read-regressions.ts';
import styles from './publish.module.css';

interface PublishDialogProps {
  /** As saved: what the server will publish. */
  readonly pipeline: EditedPipelineFragment;
  readonly draft: PipelineDefinition;
  /** Null before the first publication. */
  readonly current: PipelineDefinition | null;
  readonly version: number;
  readonly onPublished: (pipeline: EditedPipelineFragment) => void;
  readonly onClose: () => void;
}

type Verification = PipelineVerificationQuery['verifyPipeline'];

/** Shows what the server says of the saved draft, asks for every step back, and publishes. */
export function PublishDialog(props: PublishDialogProps) {
  const { t } = useLingui();
  const { pipeline, onClose } = props;
  const { data, error, refetch } = useQuery(PipelineVerificationDocument, {
    variables: { key: pipeline.key },
    fetchPolicy: 'no-cache',
  });
  const number = (pipeline.currentVersion ?? 0) + 1;
  return (
    <Dialog
      open
      size="medium"
      title={t`Publish version ${number}?`}
      description={t`New deals get this version. Deals under way keep theirs until they are migrated.`}
      onClose={onClose}
    >
      {data !== undefined && <PublishForm {...props} verification={data.verifyPipeline} />}
      {data === undefined && error === undefined && <Skeleton height={120} />}
      {error !== undefined && (
        <ErrorState problem={problemOf(error)} onRetry={() => void refetch()} />
      )}
    </Dialog>
  );
}

function PublishForm({
  pipeline,
  draft,
  current,
  version,
  verification,
  onPublished,
  onClose,
}: PublishDialogProps & { readonly verification: Verification }) {
  const { t } = useLingui();
  const [publish, { loading, error }] = useMutation(PublishPipelineDocument);
  const [confirmed, setConfirmed] = useState<ReadonlySet<string>>(new Set());
  const open = readRegressions(verification.regressions).filter((one) => !one.confirmed);
  const notes = verification.findings
    .filter(({ code }) => code !== 'regression')
    .map((finding) => noteOf(finding));
  const blocked = notes.some(({ severity }) => severity === 'error');
  const ready = !blocked && open.every((one) => confirmed.has(nameOf(one)));

  const toggle = (name: string, on: boolean): void => {
    const next = new Set(confirmed);
    if (on) next.add(name);
    else next.delete(name);
    setConfirmed(next);
  };
  const send = async (): Promise<void> => {
    const confirm = open.map(({ gate, from, to }) => ({ gate, from, to }));
    const { data } = await publish({
      variables: { key: pipeline.key, version, confirm },
      refetchQueries: [PipelineVersionsDocument],
    }).catch(() => ({ data: undefined }));
    if (data !== undefined) onPublished(data.publishPipeline);
  };
  return (
    <div className={styles.form}>
      <NoteList notes={notes} />
      {open.length > 0 && (
        <fieldset className={styles.steps}>
          <legend>
            <Trans>Confirm each of these</Trans>
          </legend>
          {open.map((one) => (
            <CheckboxField
              key={nameOf(one)}
              label={<RegressionText regression={one} />}
              checked={confirmed.has(nameOf(one))}
              onChange={(on) => toggle(nameOf(one), on)}
            />
          ))}
        </fieldset>
      )}
      {current !== null && (
        <details>
          <summary>
            <Trans>What changes</Trans>
          </summary>
          <DiffList before={current} after={draft} empty={t`Nothing changes.`} />
        </details>
      )}
      <FormProblem problem={error === undefined ? null : problemOf(error)} />
      <div className={styles.actions}>
        <Button title={t`Cancel`} variant="secondary" onClick={onClose} />
        <Button
          title={t`Publish`}
          variant="primary"
          accent="blue"
          disabled={!ready || loading}
          onClick={() => void send()}
        />
      </div>
    </div>
  );
}

function nameOf({ gate, from, to }: ConfirmedRegression): string {
  return [gate, from, to].join(' ');
}

function noteOf({ severity, code, reason, field }: Verification['findings'][number]): Note {
  const known = severity === 'error' || severity === 'warning' ? severity : 'info';
  return { severity: known, code, reason, ...(field == null ? {} : { field }) };
}
