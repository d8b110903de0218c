import { Trans, useLingui } from '@lingui/react/macro';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import { Button } from 'twenty-ui/input';
import { TextField } from '../../../ui/form/text-field.tsx';
import { TokensField } from '../../../ui/form/tokens-field.tsx';
import { NoteList } from '../check/note-list.tsx';
import { notesAt } from '../check/notes.ts';
import { useEditor } from '../draft/editor-context.ts';
import styles from '../items/items.module.css';
import { Section } from '../items/section.tsx';

/** The stages that a deal can have in other systems. */
export function DomainStages() {
  const { t } = useLingui();
  const { definition, readOnly, check, change } = useEditor();
  const [name, setName] = useState('');
  const { domains = {} } = definition;
  const set = (next: Readonly<Record<string, readonly string[]>>): void =>
    change({ ...definition, domains: next });
  const add = (): void => {
    const system = name.trim();
    if (system === '') return;
    if (!Object.hasOwn(domains, system)) set({ ...domains, [system]: [] });
    setName('');
  };
  return (
    <Section
      title={t`Stages in other systems`}
      text={
        <Trans>
          Rules may ask for the stage of a deal in another system. Of a system that stands here only
          these stages are accepted.
        </Trans>
      }
    >
      <NoteList notes={notesAt(check.notes, 'domains')} />
      {Object.entries(domains).map(([system, stages]) => (
        <div key={system} className={styles.line} role="group" aria-label={system}>
          <div className={styles.wide}>
            <TokensField
              label={system}
              values={stages}
              disabled={readOnly}
              onChange={(next) => set({ ...domains, [system]: next })}
            />
          </div>
          {!readOnly && (
            <Button
              type="button"
              Icon={IconTrash}
              variant="tertiary"
              size="small"
              ariaLabel={t`Remove the system ${system}`}
              onClick={() =>
                set(Object.fromEntries(Object.entries(domains).filter(([one]) => one !== system)))
              }
            />
          )}
        </div>
      ))}
      {!readOnly && (
        <form
          className={styles.line}
          onSubmit={(event) => {
            event.preventDefault();
            add();
          }}
        >
          <TextField label={t`Another system`} value={name} onChange={setName} />
          <Button
            type="submit"
            Icon={IconPlus}
            title={t`Add system`}
            variant="secondary"
            size="small"
          />
        </form>
      )}
    </Section>
  );
}
