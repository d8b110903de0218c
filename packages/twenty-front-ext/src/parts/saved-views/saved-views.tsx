import { useQuery } from '@apollo/client/react';
import { useLingui } from '@lingui/react/macro';
import {
  IconBookmark,
  IconDeviceFloppy,
  IconPlus,
  IconTrash,
  IconUsers,
} from '@tabler/icons-react';
import { useState } from 'react';
import { SavedViewsDocument } from '../../generated/graphql.ts';
import type { SavedViewItemFragment, ViewKind } from '../../generated/graphql.ts';
import { Menu, MenuItem, MenuSeparator } from '../../ui/menu/menu.tsx';
import { ToolbarButton } from '../../ui/toolbar-button/toolbar-button.tsx';
import { NewViewDialog } from './new-view-dialog.tsx';
import { useViewEdits } from './use-view-edits.ts';
import { readView, writeView } from './view-definition.ts';
import type { ViewState } from './view-definition.ts';
import styles from './saved-views.module.css';

interface SavedViewsProps {
  readonly kind: ViewKind;
  /** Key of the pipeline that is shown. */
  readonly pipeline: string;
  /** How deals are shown now. */
  readonly state: ViewState;
  readonly onChoose: (state: ViewState) => void;
}

/** Ways to see deals that somebody has given a name; own ones, and shared ones of the company. */
export function SavedViews({ kind, pipeline, state, onChoose }: SavedViewsProps) {
  const { t } = useLingui();
  const { data } = useQuery(SavedViewsDocument, { variables: { kind } });
  const [chosen, setChosen] = useState<string | null>(null);
  const [naming, setNaming] = useState(false);
  const { update, remove } = useViewEdits(kind);
  const views = (data?.views ?? []).filter(
    (view) => view.pipeline === null || view.pipeline === pipeline,
  );
  const current = views.find(({ id }) => id === chosen) ?? null;
  const choose = (view: SavedViewItemFragment): void => {
    setChosen(view.id);
    onChoose(readView(view.definition));
  };
  return (
    <>
      <Menu
        trigger={
          <ToolbarButton className={styles.trigger}>
            <IconBookmark size={16} aria-hidden />
            <span className={styles.name}>{current?.name ?? t`Views`}</span>
          </ToolbarButton>
        }
      >
        {views.map((view) => (
          <MenuItem
            key={view.id}
            Icon={view.shared ? IconUsers : IconBookmark}
            onSelect={() => choose(view)}
          >
            {view.name}
            {view.shared && <span className="visually-hidden">, {t`shared`}</span>}
          </MenuItem>
        ))}
        {views.length > 0 && <MenuSeparator />}
        <MenuItem Icon={IconPlus} onSelect={() => setNaming(true)}>
          {t`Save as a new view`}
        </MenuItem>
        {current?.editable === true && (
          <>
            <MenuItem Icon={IconDeviceFloppy} onSelect={() => update(current, writeView(state))}>
              {t`Save changes to ${current.name}`}
            </MenuItem>
            <MenuItem
              Icon={IconTrash}
              danger
              onSelect={() => {
                setChosen(null);
                remove(current);
              }}
            >
              {t`Delete ${current.name}`}
            </MenuItem>
          </>
        )}
      </Menu>
      {naming && (
        <NewViewDialog
          kind={kind}
          pipeline={pipeline}
          definition={writeView(state)}
          onClose={() => setNaming(false)}
          onSaved={setChosen}
        />
      )}
    </>
  );
}
