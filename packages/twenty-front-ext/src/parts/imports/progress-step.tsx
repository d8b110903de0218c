import { useMutation } from '@apollo/client/react';
import { useLingui } from '@lingui/react/macro';
import { IconDownload } from '@tabler/icons-react';
import { Link } from 'react-router-dom';
import { Button } from 'twenty-ui/input';
import { download } from '../../app/data/request.ts';
import { useAttempt } from '../../app/data/use-attempt.ts';
import { useSession } from '../../app/session/session-context.ts';
import type { ImportJobFragment } from '../../generated/graphql.ts';
import { Card } from '../../ui/card/card.tsx';
import { FormProblem } from '../../ui/form/form-problem.tsx';
import { useFormat } from '../../ui/format/use-format.tsx';
import { Progress } from '../../ui/progress/progress.tsx';
import { saveFile } from '../../ui/save-text.ts';
import { Counts, ReportCard } from './report-card.tsx';
import { useImportKind } from './import-kind.ts';
import { useImportTexts } from './use-import-texts.ts';
import styles from './imports.module.css';

interface StepProps {
  readonly job: ImportJobFragment;
  readonly reload: () => Promise<void>;
}

/** How far a dry run or an import is; it goes on without the page. */
export function GoingStep({ job, reload }: StepProps) {
  const { t } = useLingui();
  const format = useFormat();
  const { problem, busy, run } = useAttempt();
  const { documents, useTexts } = useImportKind();
  const { stays } = useTexts();
  const [cancel] = useMutation(documents.cancel);
  const stop = async (): Promise<void> => {
    await run(async () => {
      await cancel({ variables: { id: job.id } });
      await reload();
    });
  };
  const { statuses } = useImportTexts();
  const title = statuses[job.status] ?? job.status;
  const rows = format.number(job.rowsDone);
  return (
    <Card title={title}>
      <Progress label={title} share={job.progress} />
      <p role="status">{t`${rows} rows so far. You may close the page meanwhile.`}</p>
      {job.counts !== null && <Counts counts={job.counts} />}
      <FormProblem problem={problem} />
      <div className={styles.actions}>
        <Button
          title={job.status === 'checking' ? t`Stop the dry run` : t`Stop the import`}
          variant="secondary"
          disabled={busy}
          onClick={() => void stop()}
        />
        {job.status === 'running' && <span className={styles.quiet}>{stays}</span>}
      </div>
    </Card>
  );
}

/** What became of an import. */
export function EndedStep({ job }: { readonly job: ImportJobFragment }) {
  const { t } = useLingui();
  const { statuses } = useImportTexts();
  const { api, records, useTexts } = useImportKind();
  const { back } = useTexts();
  const { credential, membership } = useSession();
  const { problem, busy, run } = useAttempt();
  const save = async (): Promise<void> => {
    await run(async () => {
      const file = await download(`${api}/imports/${job.id}/rejected`, {
        credential,
        tenant: membership.tenant,
        headers: { accept: '*/*' },
        patience: 10 * 60_000,
      });
      saveFile(`rejected-${job.fileName.replace(/\.\w+$/, '')}.csv`, file);
    });
  };
  const title = statuses[job.status] ?? job.status;
  const rejected = (job.counts?.rejected ?? 0) > 0;
  return (
    <>
      {job.failure !== null && <FormProblem problem={job.failure} />}
      {job.report === null ? (
        <Card title={title}>
          {job.counts === null ? <p>{t`Nothing was entered.`}</p> : <Counts counts={job.counts} />}
        </Card>
      ) : (
        <ReportCard title={title} report={job.report} />
      )}
      <FormProblem problem={problem} />
      <div className={styles.actions}>
        {rejected && (
          <Button
            Icon={IconDownload}
            title={t`Rejected rows as CSV`}
            variant="secondary"
            disabled={busy}
            onClick={() => void save()}
          />
        )}
        <Link to={records}>{back}</Link>
      </div>
    </>
  );
}
