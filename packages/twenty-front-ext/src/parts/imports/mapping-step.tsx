import { useMutation, useQuery } from '@apollo/client/react';
import { useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { Button } from 'twenty-ui/input';
import { problemOf } from '../../app/data/problem.ts';
import { useAttempt } from '../../app/data/use-attempt.ts';
import { useTenant } from '../../app/shell/tenant.tsx';
import type { ImportJobFragment, ImportLookFragment } from '../../generated/graphql.ts';
import { FormProblem } from '../../ui/form/form-problem.tsx';
import { ErrorState } from '../../ui/states/error-state.tsx';
import { PageSkeleton } from '../../ui/states/skeleton.tsx';
import { ColumnsCard } from './columns-card.tsx';
import { FormCard } from './form-card.tsx';
import { useImportKind } from './import-kind.ts';
import type { FileForm } from './import-kind.ts';
import { draftOf, mappingInput, suggestedDraft } from './mapping-draft.ts';
import { ProfileBar } from './profile-bar.tsx';
import { ReportCard } from './report-card.tsx';
import { WordsCard } from './words-card.tsx';
import styles from './imports.module.css';

interface StepProps {
  readonly job: ImportJobFragment;
  readonly reload: () => Promise<void>;
}

/** What the file says and means, until a dry run shows what would happen. */
export function MappingStep({ job, reload }: StepProps) {
  const [form, setForm] = useState<FileForm>(() => formOf(job));
  const { documents } = useImportKind();
  const { data, previousData, error, refetch } = useQuery(documents.preview, {
    variables: { id: job.id, ...form },
    fetchPolicy: 'cache-first',
  });
  const preview = (data ?? previousData)?.preview;
  if (error !== undefined)
    return <ErrorState problem={problemOf(error)} onRetry={() => void refetch()} />;
  if (preview === undefined) return <PageSkeleton rows={8} />;
  return (
    <>
      <FormCard preview={preview} onChange={setForm} />
      <Mapping
        key={JSON.stringify([form, preview.columns])}
        job={job}
        preview={preview}
        form={form}
        reload={reload}
      />
    </>
  );
}

interface MappingProps extends StepProps {
  readonly preview: ImportLookFragment;
  readonly form: FileForm;
}

function Mapping({ job, preview, form, reload }: MappingProps) {
  const { t } = useLingui();
  const { currency } = useTenant();
  const { documents } = useImportKind();
  const [draft, setDraft] = useState(() =>
    job.mapping === null
      ? suggestedDraft(preview.mapping, currency)
      : draftOf(job.mapping, preview.columns, currency),
  );
  const [dryRun] = useMutation(documents.dryRun);
  const [start] = useMutation(documents.start);
  const { problem, busy, run } = useAttempt();
  const asked = JSON.stringify([mappingInput(draft), form]);
  // What the last dry run was about; the import does the same.
  const [checked, setChecked] = useState(job.status === 'checked' ? asked : null);
  const check = async (): Promise<void> => {
    await run(async () => {
      await dryRun({ variables: { id: job.id, mapping: mappingInput(draft), ...form } });
      setChecked(asked);
      await reload();
    });
  };
  const begin = async (): Promise<void> => {
    await run(async () => {
      await start({ variables: { id: job.id } });
      await reload();
    });
  };
  const report = job.status === 'checked' ? job.forecastReport : null;
  const ready = report !== null && checked === asked;
  return (
    <>
      <ProfileBar
        draft={draft}
        onTake={(mapping) => setDraft(draftOf(mapping, preview.columns, currency))}
      />
      <ColumnsCard preview={preview} draft={draft} onChange={setDraft} />
      {job.failure !== null && <FormProblem problem={job.failure} />}
      {report !== null && <ReportCard title={t`What would happen`} report={report} />}
      {report !== null && report.unknownWords.length > 0 && (
        <WordsCard words={report.unknownWords} draft={draft} onChange={setDraft} />
      )}
      <FormProblem problem={problem} />
      <div className={styles.actions}>
        <Button
          title={report === null ? t`Dry run` : t`Dry run again`}
          variant={ready ? 'secondary' : 'primary'}
          accent={ready ? 'default' : 'blue'}
          disabled={busy || preview.headerIsData}
          onClick={() => void check()}
        />
        {report !== null && (
          <Button
            title={t`Start the import`}
            variant="primary"
            accent="blue"
            disabled={busy || !ready}
            onClick={() => void begin()}
          />
        )}
        {report !== null && !ready && (
          <span className={styles.quiet}>{t`You have changed something since the dry run.`}</span>
        )}
      </div>
    </>
  );
}

function formOf({ mapping, encoding, separator, sheet }: ImportJobFragment): FileForm {
  if (mapping === null) return {};
  return {
    ...(encoding === null ? {} : { encoding }),
    ...(separator === null ? {} : { separator }),
    ...(sheet === null ? {} : { sheet }),
  };
}
