import { useLingui } from '@lingui/react/macro';
import { IconSearch, IconX } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import styles from './search-field.module.css';

/** Longest text that is searched for. */
const LONGEST = 200;

/** What a search can ask for; nothing has a name with the rest. */
export function searchable(text: string): string {
  return text.replaceAll('\0', '').toWellFormed().slice(0, LONGEST);
}

interface SearchFieldProps {
  readonly label: string;
  readonly value: string;
  /** Fewer characters are not searched for. */
  readonly shortest?: number;
  /** Called when typing pauses. */
  readonly onChange: (text: string) => void;
}

/** How long typing pauses before the search begins, in milliseconds. */
const PAUSE = 250;

export function SearchField({ label, value, shortest = 1, onChange }: SearchFieldProps) {
  const { t } = useLingui();
  const [typed, setTyped] = useState(value);
  const [known, setKnown] = useState(value);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  // Changed from outside, e.g. by a saved view.
  if (value !== known) {
    setKnown(value);
    setTyped(value);
  }
  useEffect(() => () => clearTimeout(timer.current), []);

  const tell = (said: string): void => {
    const text = searchable(said);
    clearTimeout(timer.current);
    setKnown(text);
    if (text !== value) onChange(text);
  };
  const type = (text: string): void => {
    setTyped(text);
    clearTimeout(timer.current);
    const long = text.trim().length >= shortest;
    timer.current = setTimeout(() => tell(long ? text : ''), PAUSE);
  };
  const short = typed.trim() !== '' && typed.trim().length < shortest;
  return (
    <span className={styles.field}>
      <IconSearch size={16} aria-hidden />
      <input
        className={styles.input}
        type="text"
        role="searchbox"
        aria-label={label}
        placeholder={label}
        maxLength={LONGEST}
        title={short ? t`Type at least ${shortest} characters` : undefined}
        value={typed}
        onChange={(event) => type(event.target.value)}
        onKeyDown={({ key }) => {
          if (key === 'Enter' && !short) tell(typed);
          if (key === 'Escape') {
            setTyped('');
            tell('');
          }
        }}
      />
      {typed !== '' && (
        <button
          type="button"
          className={styles.clear}
          aria-label={t`Clear search`}
          onClick={() => {
            setTyped('');
            tell('');
          }}
        >
          <IconX size={14} aria-hidden />
        </button>
      )}
    </span>
  );
}
