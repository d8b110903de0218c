import { useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import type { Refusal } from 'twenty-mak-domain';
import { TextField } from '../../../ui/form/text-field.tsx';
import { useNoteText } from '../check/finding-text.ts';
import { useEditor } from '../draft/editor-context.ts';

interface KeyFieldProps {
  readonly value: string;
  /** Renames everywhere, or says why not; nothing has changed then. */
  readonly onRename: (key: string) => Refusal | null;
}

/** A key is renamed as a whole when the person is done typing: half a key would break what names it. */
export function KeyField({ value, onRename }: KeyFieldProps) {
  const { t } = useLingui();
  const { readOnly } = useEditor();
  const textOf = useNoteText();
  const [typed, setTyped] = useState<string | null>(null);
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const commit = (): void => {
    if (typed === null || typed === value) {
      setTyped(null);
      return;
    }
    const refused = onRename(typed.trim());
    setRefusal(refused);
    if (refused === null) setTyped(null);
  };
  return (
    <TextField
      label={t`Key`}
      hint={t`What rules, events and other systems call it.`}
      error={refusal === null ? null : textOf(refusal)}
      value={typed ?? value}
      disabled={readOnly}
      onChange={(next) => {
        setTyped(next);
        setRefusal(null);
      }}
      onBlur={commit}
      onKeyDown={({ key }) => {
        if (key === 'Enter') commit();
        if (key === 'Escape') setTyped(null);
      }}
    />
  );
}
