import { useQuery } from '@apollo/client/react';
import { Trans, useLingui } from '@lingui/react/macro';
import { useMemo, useState } from 'react';
import { validateDefinition } from 'twenty-mak-domain';
import type { PipelineDefinition } from 'twenty-mak-domain';
import { problemOf } from '../../../app/data/problem.ts';
import {
  PipelineVersionDefinitionDocument,
  PipelineVersionsDocument,
} from '../../../generated/graphql.ts';
import type { EditedPipelineFragment } from '../../../generated/graphql.ts';
import { SelectField } from '../../../ui/form/select-field.tsx';
import { useFormat } from '../../../ui/format/use-format.tsx';
import { EmptyState } from '../../../ui/states/empty-state.tsx';
import { ErrorState } from '../../../ui/states/error-state.tsx';
import { Skeleton } from '../../../ui/states/skeleton.tsx';
import { useEditor } from '../draft/editor-context.ts';
import { Section } from '../items/section.tsx';
import { DiffList } from './diff-list.tsx';
import { Migration } from './migration.tsx';
import styles from './versions.module.css';

/** What was published, what has changed since, and moving deals to the newest version. */
export function VersionsTab({ pipeline }: { readonly pipeline: EditedPipelineFragment }) {
  const { t } = useLingui();
  const { data, error, refetch } = useQuery(PipelineVersionsDocument, {
    variables: { key: pipeline.key },
  });
  if (data === undefined) {
    if (error === undefined) return <Skeleton height={200} />;
    return <ErrorState problem={problemOf(error)} onRetry={() => void refetch()} />;
  }
  const versions = data.pipelineVersions;
  if (versions.length === 0)
    return (
      <EmptyState
        title={t`Nothing is published yet`}
        text={t`Publish the draft; from then on deals can follow it.`}
      />
    );
  return (
    <>
      <Compare pipeline={pipeline} versions={versions} />
      <Migration pipeline={pipeline} />
    </>
  );
}

interface CompareProps {
  readonly pipeline: EditedPipelineFragment;
  readonly versions: readonly {
    readonly version: number;
    readonly publishedAt: string;
    readonly publishedBy?: string | null;
  }[];
}

const DRAFT = 'draft';

function Compare({ pipeline, versions }: CompareProps) {
  const { t } = useLingui();
  const { definition } = useEditor();
  const { dateTime } = useFormat();
  const newest = String(versions[0]?.version ?? '');
  const [left, setLeft] = useState(newest);
  const [right, setRight] = useState(DRAFT);
  const options = versions.map(({ version, publishedAt }) => {
    const at = dateTime(publishedAt);
    return { value: String(version), label: t`Version ${version}, ${at}` };
  });
  const before = useVersion(pipeline.key, left);
  const after = useVersion(pipeline.key, right);
  const shownAfter = right === DRAFT ? definition : after;
  return (
    <Section
      title={t`Versions`}
      text={
        <Trans>Published versions never change. Deals keep theirs until they are migrated.</Trans>
      }
    >
      <div className={styles.choice}>
        <SelectField label={t`From`} value={left} options={options} onChange={setLeft} />
        <SelectField
          label={t`To`}
          value={right}
          options={[{ value: DRAFT, label: t`What you see here` }, ...options]}
          onChange={setRight}
        />
      </div>
      {before === null || shownAfter === null ? (
        <Skeleton height={120} />
      ) : (
        <DiffList before={before} after={shownAfter} empty={t`They are the same.`} />
      )}
    </Section>
  );
}

/** A published version; null while it loads. */
function useVersion(key: string, version: string): PipelineDefinition | null {
  const { data } = useQuery(PipelineVersionDefinitionDocument, {
    variables: { key, version: Number(version) },
    skip: version === DRAFT,
    fetchPolicy: 'cache-first',
  });
  const raw = data?.pipelineVersion.definition;
  return useMemo(() => {
    const read = validateDefinition(raw);
    return read.ok ? read.value : null;
  }, [raw]);
}
