import { useLingui } from '@lingui/react/macro';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import { IconButton, LightButton } from 'twenty-ui/input';
import { TextField } from '../../../ui/form/text-field.tsx';
import { useEditor } from '../draft/editor-context.ts';
import styles from '../items/items.module.css';

type Where = Readonly<Record<string, string>>;

/** The event is meant only if these fields of its data have these values. */
export function EventConditions({
  where,
  onChange,
}: {
  readonly where: Where;
  readonly onChange: (where: Where, step?: string) => void;
}) {
  const { t } = useLingui();
  const { readOnly } = useEditor();
  const [adding, setAdding] = useState<{ name: string; value: string } | null>(null);
  const without = (name: string): Where =>
    Object.fromEntries(Object.entries(where).filter(([one]) => one !== name));
  const add = (): void => {
    if (adding === null || adding.name.trim() === '' || adding.value.trim() === '') return;
    onChange({ ...where, [adding.name.trim()]: adding.value.trim() });
    setAdding(null);
  };
  return (
    <>
      {Object.entries(where).map(([name, value]) => (
        <div key={name} className={styles.line}>
          <TextField
            label={t`Only if ${name} is`}
            value={value}
            disabled={readOnly}
            onChange={(next) => onChange({ ...where, [name]: next }, `where.${name}`)}
          />
          {!readOnly && (
            <IconButton
              Icon={IconTrash}
              variant="tertiary"
              size="small"
              ariaLabel={t`Remove the condition ${name}`}
              onClick={() => onChange(without(name))}
            />
          )}
        </div>
      ))}
      {!readOnly && adding === null && (
        <div>
          <LightButton
            Icon={IconPlus}
            title={t`Only for some of these events`}
            onClick={() => setAdding({ name: '', value: '' })}
          />
        </div>
      )}
      {adding !== null && (
        <div
          className={styles.line}
          role="group"
          aria-label={t`New condition`}
          onKeyDown={({ key }) => key === 'Enter' && add()}
        >
          <TextField
            label={t`Field of the data`}
            value={adding.name}
            onChange={(name) => setAdding({ ...adding, name })}
          />
          <TextField
            label={t`Its value`}
            value={adding.value}
            onChange={(value) => setAdding({ ...adding, value })}
          />
          <LightButton Icon={IconPlus} title={t`Add`} onClick={add} />
          <LightButton title={t`Cancel`} onClick={() => setAdding(null)} />
        </div>
      )}
    </>
  );
}
