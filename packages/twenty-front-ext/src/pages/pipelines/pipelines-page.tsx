import { useQuery } from '@apollo/client/react';
import { Trans, useLingui } from '@lingui/react/macro';
import { IconGitBranch, IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { Button } from 'twenty-ui/input';
import { problemOf } from '../../app/data/problem.ts';
import { useMay } from '../../app/shell/tenant.tsx';
import { PipelineListDocument } from '../../generated/graphql.ts';
import { CheckboxField } from '../../ui/form/checkbox-field.tsx';
import { Page } from '../../ui/page/page.tsx';
import { EmptyState } from '../../ui/states/empty-state.tsx';
import { ErrorState } from '../../ui/states/error-state.tsx';
import { PageSkeleton } from '../../ui/states/skeleton.tsx';
import { CreateDialog } from './create-dialog.tsx';
import { PipelineTable } from './pipeline-table.tsx';
import styles from './pipelines.module.css';

/** All pipelines of the tenant. */
export function Component() {
  const { t } = useLingui();
  const mayEdit = useMay('pipelines:write');
  const [creating, setCreating] = useState(false);
  const [withArchived, setWithArchived] = useState(false);
  const { data, error, refetch } = useQuery(PipelineListDocument);
  const all = data?.pipelines ?? [];
  const shown = all.filter(({ archivedAt }) => withArchived || archivedAt === null);
  const archived = all.length - all.filter(({ archivedAt }) => archivedAt === null).length;
  const create = (
    <Button
      Icon={IconPlus}
      title={t`New pipeline`}
      variant="secondary"
      size="small"
      onClick={() => setCreating(true)}
    />
  );
  return (
    <Page title={t`Pipelines`} Icon={IconGitBranch} {...(mayEdit ? { actions: create } : {})}>
      {data === undefined && error === undefined && <PageSkeleton />}
      {data === undefined && error !== undefined && (
        <ErrorState problem={problemOf(error)} onRetry={() => void refetch()} />
      )}
      {data !== undefined && shown.length === 0 && (
        <EmptyState
          Icon={IconGitBranch}
          title={t`No pipelines yet`}
          text={t`A pipeline says which events are facts about a deal, and which stage follows from them. Begin with one that ships with the product.`}
          {...(mayEdit ? { action: create } : {})}
        />
      )}
      {shown.length > 0 && (
        <>
          <p className={styles.lead}>
            <Trans>
              A pipeline says which events are facts about a deal, and which stage follows from
              them. New deals get the default one.
            </Trans>
          </p>
          <PipelineTable pipelines={shown} mayEdit={mayEdit} />
        </>
      )}
      {archived > 0 && (
        <div className={styles.archived}>
          <CheckboxField
            label={t`Show archived pipelines`}
            checked={withArchived}
            onChange={setWithArchived}
          />
        </div>
      )}
      {creating && (
        <CreateDialog taken={all.map(({ key }) => key)} onClose={() => setCreating(false)} />
      )}
    </Page>
  );
}
