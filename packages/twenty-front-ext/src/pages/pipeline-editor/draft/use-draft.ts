import { useApolloClient, useMutation } from '@apollo/client/react';
import { useCallback, useReducer, useState } from 'react';
import { validateDefinition } from 'twenty-mak-domain';
import type { PipelineDefinition } from 'twenty-mak-domain';
import { problemOf } from '../../../app/data/problem.ts';
import type { Problem } from '../../../app/data/problem.ts';
import { EditedPipelineDocument, SavePipelineDraftDocument } from '../../../generated/graphql.ts';
import type { EditedPipelineFragment } from '../../../generated/graphql.ts';
import { draftReducer, isUnsaved, startDraft } from './draft-state.ts';
import type { DraftState } from './draft-state.ts';

/** What somebody else saved while this person was editing. */
export interface Conflict {
  readonly theirs: PipelineDefinition;
  readonly version: number;
}

export interface Draft {
  readonly state: DraftState;
  readonly unsaved: boolean;
  readonly saving: boolean;
  /** Why the last save did not succeed. */
  readonly problem: Problem | null;
  readonly conflict: Conflict | null;
  readonly change: (next: PipelineDefinition, step?: string) => void;
  readonly undo: () => void;
  readonly redo: () => void;
  /** Whether everything that was there is saved now. */
  readonly save: () => Promise<boolean>;
  readonly keepMine: () => Promise<boolean>;
  readonly takeTheirs: () => void;
  readonly closeConflict: () => void;
  /** Shows another definition of the server, e.g. after the draft was dropped. */
  readonly take: (definition: PipelineDefinition, version: number) => void;
  /** The record has another version, e.g. after a publication. */
  readonly saved: (version: number) => void;
}

/** What an editor goes on from: the draft, else the current version. Null when the server sends neither. */
export function newestOf({
  draft,
  definition,
}: Pick<EditedPipelineFragment, 'draft' | 'definition'>): PipelineDefinition | null {
  const read = validateDefinition(draft ?? definition);
  return read.ok ? read.value : null;
}

/** A draft in memory. A save that fails changes nothing of it; a conflict waits for an answer. */
export function useDraft(
  key: string,
  start: { readonly definition: PipelineDefinition; readonly version: number },
): Draft {
  const apollo = useApolloClient();
  const [state, dispatch] = useReducer(draftReducer, start, ({ definition, version }) =>
    startDraft(definition, version),
  );
  const [send, { loading }] = useMutation(SavePipelineDraftDocument);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [conflict, setConflict] = useState<Conflict | null>(null);

  const readConflict = async (): Promise<void> => {
    const { data } = await apollo.query({
      query: EditedPipelineDocument,
      variables: { key },
      fetchPolicy: 'network-only',
    });
    const theirs = data === undefined ? null : newestOf(data.pipeline);
    if (data !== undefined && theirs !== null)
      setConflict({ theirs, version: data.pipeline.version });
  };

  const saveOver = async (version: number): Promise<boolean> => {
    const definition = state.present;
    setProblem(null);
    try {
      const { data } = await send({ variables: { key, version, definition } });
      if (data === undefined) return false;
      dispatch({ kind: 'saved', definition, version: data.savePipelineDraft.version });
      setConflict(null);
      return true;
    } catch (error) {
      const failed = problemOf(error);
      setProblem(failed);
      if (failed.code === 'stale_version') await readConflict().catch(() => undefined);
      return false;
    }
  };

  const change = useCallback(
    (next: PipelineDefinition, step?: string) =>
      dispatch({ kind: 'change', next, step: step ?? null }),
    [],
  );
  const undo = useCallback(() => dispatch({ kind: 'undo' }), []);
  const redo = useCallback(() => dispatch({ kind: 'redo' }), []);
  const take = (definition: PipelineDefinition, version: number): void => {
    dispatch({ kind: 'take', definition, version });
    setProblem(null);
    setConflict(null);
  };

  return {
    state,
    unsaved: isUnsaved(state),
    saving: loading,
    problem,
    conflict,
    change,
    undo,
    redo,
    save: () => saveOver(state.version),
    keepMine: () => saveOver(conflict?.version ?? state.version),
    takeTheirs: () => conflict !== null && take(conflict.theirs, conflict.version),
    closeConflict: () => setConflict(null),
    take,
    saved: (version) => dispatch({ kind: 'saved', definition: state.saved, version }),
  };
}
