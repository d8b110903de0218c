import { useApolloClient, useMutation } from '@apollo/client/react';
import { useLingui } from '@lingui/react/macro';
import { problemOf } from '../../app/data/problem.ts';
import {
  CreateViewDocument,
  DeleteViewDocument,
  SavedViewsDocument,
  UpdateViewDocument,
} from '../../generated/graphql.ts';
import type { SavedViewItemFragment, ViewKind } from '../../generated/graphql.ts';
import { useSnackbar } from '../../ui/snackbar/snackbar.tsx';
import { useProblemText } from '../../ui/states/problem-text.ts';

interface ViewEdits {
  readonly update: (view: SavedViewItemFragment, definition: Record<string, unknown>) => void;
  /** Deletes a view; the message offers to bring it back. */
  readonly remove: (view: SavedViewItemFragment) => void;
}

export function useViewEdits(kind: ViewKind): ViewEdits {
  const { t } = useLingui();
  const client = useApolloClient();
  const snackbar = useSnackbar();
  const textOf = useProblemText();
  const refetchQueries = [{ query: SavedViewsDocument, variables: { kind } }];
  const [update] = useMutation(UpdateViewDocument);
  const [create] = useMutation(CreateViewDocument, { refetchQueries });
  const [remove] = useMutation(DeleteViewDocument, { refetchQueries });
  const failed = (error: unknown): void => snackbar.error(textOf(problemOf(error)));

  const restore = ({ name, pipeline, definition, shared }: SavedViewItemFragment): void => {
    create({ variables: { input: { kind, name, pipeline, definition, shared } } }).catch(failed);
  };
  const send = ({ id, version }: SavedViewItemFragment, definition: unknown): void => {
    update({ variables: { id, input: { version, definition } } }).then(
      () => snackbar.success(t`View saved`),
      (error: unknown) =>
        problemOf(error).code === 'stale_version' ? ask(id, definition) : failed(error),
    );
  };
  /** Somebody else has changed the view: the person looks at it, or saves over it. */
  const ask = (id: string, definition: unknown): void => {
    client
      .query({ query: SavedViewsDocument, variables: { kind }, fetchPolicy: 'network-only' })
      .then(({ data }) => {
        const now = data?.views.find((view) => view.id === id);
        if (now === undefined) snackbar.error(t`Somebody else has deleted this view.`);
        else
          snackbar.error(t`Somebody else changed this view. Choose it again to see how.`, {
            label: t`Save mine`,
            run: () => send(now, definition),
          });
      }, failed);
  };
  return {
    update: send,
    remove: (view) => {
      remove({ variables: { id: view.id } }).then(
        () => snackbar.success(t`View deleted`, { label: t`Undo`, run: () => restore(view) }),
        failed,
      );
    },
  };
}
