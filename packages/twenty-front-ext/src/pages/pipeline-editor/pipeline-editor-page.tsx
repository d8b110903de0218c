import { useQuery } from '@apollo/client/react';
import { useLingui } from '@lingui/react/macro';
import { IconGitBranch } from '@tabler/icons-react';
import { useState } from 'react';
import { useParams } from 'react-router-dom';
import { problemOf } from '../../app/data/problem.ts';
import { useMay } from '../../app/shell/tenant.tsx';
import { EditedPipelineDocument } from '../../generated/graphql.ts';
import { Page } from '../../ui/page/page.tsx';
import { ErrorState } from '../../ui/states/error-state.tsx';
import { PageSkeleton } from '../../ui/states/skeleton.tsx';
import { newestOf } from './draft/use-draft.ts';
import { PipelineEditor } from './pipeline-editor.tsx';

/** One pipeline with its draft. */
export function Component() {
  const { key = '' } = useParams();
  return <PipelinePage key={key} pipelineKey={key} />;
}

function PipelinePage({ pipelineKey }: { readonly pipelineKey: string }) {
  const { t } = useLingui();
  const mayEdit = useMay('pipelines:write');
  const { data, error, refetch } = useQuery(EditedPipelineDocument, {
    variables: { key: pipelineKey },
    fetchPolicy: 'network-only',
  });
  // The editor works on what it began with: an answer that comes later must not take the person's text away.
  const [begun, setBegun] = useState(data?.pipeline);
  if (begun === undefined && data !== undefined) setBegun(data.pipeline);
  const definition = begun === undefined ? null : newestOf(begun);

  if (begun !== undefined && definition !== null) {
    return <PipelineEditor begun={begun} definition={definition} mayEdit={mayEdit} />;
  }
  return (
    <Page title={t`Pipeline`} Icon={IconGitBranch}>
      {error !== undefined && (
        <ErrorState problem={problemOf(error)} onRetry={() => void refetch()} />
      )}
      {error === undefined && begun !== undefined && definition === null && (
        <ErrorState
          title={t`This pipeline cannot be read`}
          text={t`Its definition has a form that this page does not know. Load the page again; if it stays so, tell an admin of the server.`}
        />
      )}
      {error === undefined && begun === undefined && <PageSkeleton rows={8} />}
    </Page>
  );
}
