import { useLingui } from '@lingui/react/macro';
import { useRef, useState } from 'react';
import { changesOf } from '../../app/data/save-versioned.ts';
import type { Versioned } from '../../app/data/save-versioned.ts';
import { useVersionedSave } from '../../app/data/use-versioned-save.ts';
import type { VersionedSave } from '../../app/data/use-versioned-save.ts';
import { useSnackbar } from '../../ui/snackbar/snackbar.tsx';

interface Options<T> {
  /** As the server has it now. */
  readonly seen: T;
  /** As it is sent, e.g. without spaces around a text. */
  readonly tidy?: (values: T) => T;
  readonly read: () => Promise<T>;
  /** `whole` is the record as it was last read, with the changes: for what is saved as a whole. */
  readonly send: (version: number, changes: Partial<T>, whole: T) => Promise<T>;
  readonly onSaved?: () => void;
}

export interface VersionedFormState<T> extends Omit<VersionedSave<T>, 'save'> {
  readonly values: T;
  readonly setValues: (values: T) => void;
  readonly isChanged: boolean;
  readonly save: () => Promise<void>;
  readonly discard: () => void;
}

/** What is typed into a form that is saved by a button. It stays when others save meanwhile. */
export function useVersionedForm<T extends Versioned>({
  seen,
  tidy = (values) => values,
  read,
  send,
  onSaved,
}: Options<T>): VersionedFormState<T> {
  const { t } = useLingui();
  const snackbar = useSnackbar();
  const [base, setBase] = useState(seen);
  const [values, setValues] = useState(seen);
  const changes = changesOf(base, tidy(values));
  const isChanged = Object.keys(changes).length > 0;
  // Somebody else saved while nothing was being edited here.
  if (!isChanged && base.version !== seen.version) {
    setBase(seen);
    setValues(seen);
  }
  const current = useRef(base);
  const { save, ...saving } = useVersionedSave<T>({
    read: async () => {
      current.current = await read();
      return current.current;
    },
    send: (version, part) => send(version, part, { ...current.current, ...part, version }),
    onSaved: (now) => {
      setBase(now);
      setValues(now);
      snackbar.success(t`Saved`);
      onSaved?.();
    },
  });
  return {
    ...saving,
    values,
    setValues,
    isChanged,
    save: () => {
      current.current = base;
      return save(base, changes);
    },
    discard: () => setValues(base),
  };
}
