import { useMutation } from '@apollo/client/react';
import { useLingui } from '@lingui/react/macro';
import { CreateViewDocument, SavedViewsDocument } from '../../generated/graphql.ts';
import type { ViewKind } from '../../generated/graphql.ts';
import { SharedNameDialog } from '../shared-name/shared-name-dialog.tsx';

interface NewViewDialogProps {
  readonly kind: ViewKind;
  readonly pipeline: string;
  readonly definition: Record<string, unknown>;
  readonly onSaved: (id: string) => void;
  readonly onClose: () => void;
}

export function NewViewDialog({
  kind,
  pipeline,
  definition,
  onSaved,
  onClose,
}: NewViewDialogProps) {
  const { t } = useLingui();
  const [create] = useMutation(CreateViewDocument, {
    refetchQueries: [{ query: SavedViewsDocument, variables: { kind } }],
    awaitRefetchQueries: true,
  });
  return (
    <SharedNameDialog
      title={t`Save as a new view`}
      description={t`A view keeps the filters, the order and the columns.`}
      before={null}
      onSave={async (named) => {
        const input = { kind, pipeline, definition, ...named };
        const { data } = await create({ variables: { input } });
        if (data !== undefined && data !== null) onSaved(data.createView.id);
      }}
      onClose={onClose}
    />
  );
}
