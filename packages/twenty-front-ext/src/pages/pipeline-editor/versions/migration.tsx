import { useApolloClient, useMutation, useQuery } from '@apollo/client/react';
import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { useEffect, useState } from 'react';
import { ProgressBar } from 'twenty-ui/feedback';
import { Button } from 'twenty-ui/input';
import { problemOf } from '../../../app/data/problem.ts';
import type { Problem } from '../../../app/data/problem.ts';
import {
  MigratePipelineDocument,
  PipelineMigrationPreviewDocument,
  PipelineMigrationsDocument,
} from '../../../generated/graphql.ts';
import type {
  EditedPipelineFragment,
  MigrationProgressFragment,
} from '../../../generated/graphql.ts';
import { ConfirmDialog } from '../../../ui/dialog/confirm-dialog.tsx';
import { FormProblem } from '../../../ui/form/form-problem.tsx';
import { useFormat } from '../../../ui/format/use-format.tsx';
import { useEditor } from '../draft/editor-context.ts';
import { Section } from '../items/section.tsx';
import { MigrationPreview } from './migration-preview.tsx';
import { readPreview } from './read-preview.ts';
import type { Preview } from './read-preview.ts';
import styles from './versions.module.css';

/** How often the progress of a running migration is looked at, in milliseconds. */
const LOOK = 1_000;

/** Moves deals to the newest version: first it is shown what would change. */
export function Migration({ pipeline }: { readonly pipeline: EditedPipelineFragment }) {
  const { t } = useLingui();
  const { readOnly } = useEditor();
  const { key, currentVersion } = pipeline;
  const apollo = useApolloClient();
  const [preview, setPreview] = useState<Preview | null>(null);
  const [looking, setLooking] = useState(false);
  const [asking, setAsking] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const { data, startPolling, stopPolling, refetch } = useQuery(PipelineMigrationsDocument, {
    variables: { key },
  });
  const [migrate, { loading }] = useMutation(MigratePipelineDocument, { variables: { key } });
  const migrations = data?.pipelineMigrations ?? [];
  const running = migrations.some(({ status }) => status === 'running');

  useEffect(() => {
    if (running) startPolling(LOOK);
    else stopPolling();
  }, [running, startPolling, stopPolling]);

  const look = async (): Promise<void> => {
    setLooking(true);
    setProblem(null);
    try {
      const { data: found } = await apollo.query({
        query: PipelineMigrationPreviewDocument,
        variables: { key },
        fetchPolicy: 'network-only',
      });
      setPreview(readPreview(found?.pipelineMigrationPreview));
    } catch (error) {
      setProblem(problemOf(error));
    } finally {
      setLooking(false);
    }
  };
  const begin = async (): Promise<void> => {
    setProblem(null);
    try {
      await migrate();
      setPreview(null);
      await refetch();
    } catch (error) {
      setProblem(problemOf(error));
    } finally {
      setAsking(false);
    }
  };

  const deals = preview?.deals ?? 0;
  return (
    <Section
      title={t`Migration`}
      text={
        <Trans>
          Each deal of an older version is computed anew from its first event under version{' '}
          {currentVersion}. Its old history is kept.
        </Trans>
      }
    >
      {migrations.slice(0, 5).map((one) => (
        <Progress key={one.id} migration={one} />
      ))}
      <FormProblem problem={problem} />
      {preview !== null && <MigrationPreview preview={preview} />}
      {!readOnly && (
        <div className={styles.actions}>
          <Button
            title={looking ? t`Deals are looked at …` : t`Show what would change`}
            variant="secondary"
            disabled={looking || running}
            onClick={() => void look()}
          />
          {preview !== null && deals > 0 && (
            <Button
              title={t`Migrate …`}
              variant="primary"
              accent="blue"
              disabled={running}
              onClick={() => setAsking(true)}
            />
          )}
        </div>
      )}
      <ConfirmDialog
        open={asking}
        title={t`Migrate the deals?`}
        action={t`Migrate`}
        busy={loading}
        onConfirm={() => void begin()}
        onClose={() => setAsking(false)}
      >
        <p>
          <Trans>
            <Plural value={deals} one="# deal moves" other="# deals move" /> to version{' '}
            {currentVersion}. This cannot be taken back, but it can be done again to a later
            version.
          </Trans>
        </p>
      </ConfirmDialog>
    </Section>
  );
}

function Progress({ migration }: { readonly migration: MigrationProgressFragment }) {
  const { t } = useLingui();
  const { number, dateTime } = useFormat();
  const { status, deals, done, moved, toVersion, createdAt } = migration;
  const [of, ready, changed] = [number(deals), number(done), number(moved)];
  const at = dateTime(createdAt);
  return (
    <div className={styles.progress} role="status">
      <p>
        {status === 'running' ? (
          <Trans>
            To version {toVersion}: {ready} of {of} deals, {changed} in another stage.
          </Trans>
        ) : (
          <Trans>
            {at}: <Plural value={done} one="# deal is" other="# deals are" /> in version {toVersion}
            , {changed} in another stage.
          </Trans>
        )}
      </p>
      {status === 'running' && (
        <ProgressBar
          value={deals === 0 ? 100 : Math.min(100, (done / deals) * 100)}
          ariaLabel={t`Migration`}
        />
      )}
    </div>
  );
}
