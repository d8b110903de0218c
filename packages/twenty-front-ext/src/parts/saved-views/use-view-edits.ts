import { useMutation } from '@apollo/client/react';
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
  return {
    update: ({ id, version }, definition) => {
      update({ variables: { id, input: { version, definition } } }).then(
        () => snackbar.success(t`View saved`),
        failed,
      );
    },
    remove: (view) => {
      remove({ variables: { id: view.id } }).then(
        () => snackbar.success(t`View deleted`, { label: t`Undo`, run: () => restore(view) }),
        failed,
      );
    },
  };
}
