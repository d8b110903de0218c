import { lazy, Suspense, useCallback, useId, useMemo, useRef } from 'react';
import type { TextRange } from 'twenty-mak-domain';
import { useEditor } from '../draft/editor-context.ts';
import { notesAt } from '../check/notes.ts';
import { NoteList } from '../check/note-list.tsx';
import styles from './cel-field.module.css';

const CodeMirror = lazy(() =>
  import('./code-mirror.tsx').then((module) => ({ default: module.CodeMirror })),
);

interface CelFieldProps {
  readonly label: string;
  readonly value: string;
  /** Path of the predicate in the definition: its notes are shown here. */
  readonly field: string;
  /** `created` may be asked (timers only). */
  readonly created?: boolean;
  readonly onChange: (value: string) => void;
}

const EXAMPLE = 'gates.… && domains.… == "…"';

/** A predicate with completion; what is wrong with it is marked where it is, and said below. */
export function CelField({ label, value, field, created = false, onChange }: CelFieldProps) {
  const { definition, check, readOnly } = useEditor();
  const id = useId();
  const labelId = `${id}-label`;
  const notesId = `${id}-notes`;
  const { gates, domains = NONE } = definition;
  const names = useMemo(() => ({ gates, domains, created }), [gates, domains, created]);
  const notes = useMemo(() => notesAt(check.notes, field), [check.notes, field]);
  const selected = useRef<TextRange | null>(null);
  // Called when the plain field goes, while it still has the focus.
  const waiting = useCallback(
    (plain: HTMLTextAreaElement) => () => {
      const { selectionStart: start, selectionEnd: end } = plain;
      selected.current = document.activeElement === plain ? { start, end } : null;
    },
    [],
  );
  const describedBy = notes.length > 0 ? notesId : undefined;
  return (
    <div className={styles.field}>
      <span className={styles.label} id={labelId}>
        {label}
      </span>
      <Suspense
        fallback={
          <textarea
            ref={waiting}
            className={styles.waiting}
            aria-labelledby={labelId}
            value={value}
            readOnly={readOnly}
            rows={1}
            onChange={(event) => onChange(event.target.value)}
          />
        }
      >
        <CodeMirror
          id={id}
          labelledBy={labelId}
          describedBy={describedBy}
          value={value}
          names={names}
          notes={notes}
          readOnly={readOnly}
          example={EXAMPLE}
          selected={selected}
          onChange={onChange}
        />
      </Suspense>
      <div id={notesId} aria-live="polite">
        <NoteList notes={notes} />
      </div>
    </div>
  );
}

const NONE = {};
