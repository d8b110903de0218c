import { useLingui } from '@lingui/react/macro';
import { IconFileImport } from '@tabler/icons-react';
import { useParams } from 'react-router-dom';
import { Permitted } from '../../app/shell/permitted.tsx';
import { Page } from '../../ui/page/page.tsx';
import { ErrorState } from '../../ui/states/error-state.tsx';
import { PageSkeleton } from '../../ui/states/skeleton.tsx';
import { ImportKindContext, useImportKind } from './import-kind.ts';
import type { ImportKind } from './import-kind.ts';
import { ImportsCard } from './imports-card.tsx';
import { MappingStep } from './mapping-step.tsx';
import { EndedStep, GoingStep } from './progress-step.tsx';
import { UploadCard } from './upload-card.tsx';
import { useImport } from './use-import.ts';
import styles from './imports.module.css';

/** Records from a file: upload, meaning of the columns, dry run, import. */
export function ImportPages({ kind }: { readonly kind: ImportKind }) {
  const { id } = useParams();
  const { title } = kind.useTexts();
  const frame = { title, Icon: IconFileImport };
  return (
    <ImportKindContext value={kind}>
      <Permitted permission={kind.permission} otherwise={frame}>
        {id === undefined ? (
          <Page {...frame}>
            <div className={styles.steps}>
              <UploadCard />
              <ImportsCard />
            </div>
          </Page>
        ) : (
          <OneImport key={id} id={id} />
        )}
      </Permitted>
    </ImportKindContext>
  );
}

function OneImport({ id }: { readonly id: string }) {
  const { t } = useLingui();
  const { title } = useImportKind().useTexts();
  const { job, problem, reload } = useImport(id);
  return (
    <Page title={job === null ? title : t`Import of ${job.fileName}`} Icon={IconFileImport}>
      {content()}
    </Page>
  );

  function content() {
    if (problem !== null)
      return <ErrorState problem={problem} onRetry={() => void reload().catch(() => undefined)} />;
    if (job === null) return <PageSkeleton rows={8} />;
    return <div className={styles.steps}>{step()}</div>;
  }

  function step() {
    if (job === null) return null;
    if (job.status === 'uploaded' || job.status === 'checked')
      return <MappingStep job={job} reload={reload} />;
    if (job.status === 'checking' || job.status === 'running')
      return <GoingStep job={job} reload={reload} />;
    return <EndedStep job={job} />;
  }
}
