import { useLingui } from '@lingui/react/macro';
import { IconAlertTriangle, IconCircleX, IconInfoCircle } from '@tabler/icons-react';
import type { Note } from './notes.ts';
import { useNoteText } from './finding-text.ts';
import styles from './note-list.module.css';

const ICONS = {
  error: IconCircleX,
  warning: IconAlertTriangle,
  info: IconInfoCircle,
} as const;

/** What the check found about one member, in plain words. */
export function NoteList({ notes }: { readonly notes: readonly Note[] }) {
  const textOf = useNoteText();
  if (notes.length === 0) return null;
  return (
    <ul className={styles.notes}>
      {notes.map((note) => (
        <li key={`${note.code} ${note.field} ${note.reason}`} data-severity={note.severity}>
          <SeverityIcon severity={note.severity} />
          <span>{textOf(note)}</span>
        </li>
      ))}
    </ul>
  );
}

export function SeverityIcon({ severity }: { readonly severity: Note['severity'] }) {
  const { t } = useLingui();
  const names = { error: t`Error`, warning: t`Warning`, info: t`Note` };
  const Icon = ICONS[severity];
  return (
    <span className={styles.icon} data-severity={severity} role="img" aria-label={names[severity]}>
      <Icon size={14} aria-hidden />
    </span>
  );
}
