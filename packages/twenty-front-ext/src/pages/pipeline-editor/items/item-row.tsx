import { useLingui } from '@lingui/react/macro';
import {
  IconArrowDown,
  IconArrowUp,
  IconChevronRight,
  IconDots,
  IconTrash,
} from '@tabler/icons-react';
import { useId } from 'react';
import type { ReactNode } from 'react';
import { Menu, MenuItem } from '../../../ui/menu/menu.tsx';
import { NoteList, SeverityIcon } from '../check/note-list.tsx';
import { notesAt, worst } from '../check/notes.ts';
import type { Note } from '../check/notes.ts';
import { useEditor } from '../draft/editor-context.ts';
import styles from './items.module.css';

interface ItemRowProps {
  readonly field: string;
  readonly name: string;
  readonly summary: ReactNode;
  readonly handle: ReactNode;
  readonly open: boolean;
  readonly onToggle: () => void;
  readonly onUp: (() => void) | null;
  readonly onDown: (() => void) | null;
  readonly onRemove: () => void;
  readonly children: () => ReactNode;
}

/** Fields that show their notes themselves. */
const SHOWN_INSIDE = /\.(when|start|stop)$/;

export function ItemRow({
  field,
  name,
  summary,
  handle,
  open,
  onToggle,
  onUp,
  onDown,
  onRemove,
  children,
}: ItemRowProps) {
  const { t } = useLingui();
  const { check, readOnly } = useEditor();
  const panelId = useId();
  const notes = notesAt(check.notes, field);
  const mark = worst(notes);
  const rest = notes.filter((note: Note) => !SHOWN_INSIDE.test(note.field ?? ''));
  return (
    <div className={styles.row}>
      <div className={styles.head}>
        {handle}
        <button
          type="button"
          className={styles.toggle}
          data-row
          aria-expanded={open}
          aria-controls={panelId}
          onClick={onToggle}
        >
          <IconChevronRight size={14} className={styles.chevron} aria-hidden />
          <span className={styles.name}>{name}</span>
          {mark !== null && <SeverityIcon severity={mark} />}
          {summary !== undefined && <span className={styles.summary}>{summary}</span>}
        </button>
        {!readOnly && (
          <Menu
            align="end"
            trigger={
              <button type="button" className={styles.more} aria-label={t`Actions of ${name}`}>
                <IconDots size={16} aria-hidden />
              </button>
            }
          >
            {onUp !== null && (
              <MenuItem Icon={IconArrowUp} onSelect={onUp}>
                {t`Move up`}
              </MenuItem>
            )}
            {onDown !== null && (
              <MenuItem Icon={IconArrowDown} onSelect={onDown}>
                {t`Move down`}
              </MenuItem>
            )}
            <MenuItem Icon={IconTrash} danger onSelect={onRemove}>
              {t`Remove`}
            </MenuItem>
          </Menu>
        )}
      </div>
      <div id={panelId} className={styles.panel} hidden={!open}>
        {open && (
          <>
            <NoteList notes={rest} />
            {children()}
          </>
        )}
      </div>
    </div>
  );
}
