import { useLingui } from '@lingui/react/macro';
import type { EndingDefinition } from 'twenty-mak-domain';
import { ColorField } from '../../../ui/form/color-field.tsx';
import { SelectField } from '../../../ui/form/select-field.tsx';
import { TextField } from '../../../ui/form/text-field.tsx';
import { useEditor } from '../draft/editor-context.ts';
import { replaced } from '../draft/lists.ts';
import { KeyField } from '../items/key-field.tsx';
import { FieldGrid } from '../items/section.tsx';
import { isStageKeyTaken, keyTaken } from './stage-keys.ts';

interface EndingPanelProps {
  readonly ending: EndingDefinition;
  readonly onChange: (ending: EndingDefinition, step?: string) => void;
}

export function EndingPanel({ ending, onChange }: EndingPanelProps) {
  const { t } = useLingui();
  const { definition, readOnly, change } = useEditor();
  const rename = (key: string) => {
    if (isStageKeyTaken(definition, key)) return keyTaken(key);
    const { endings = [], events } = definition;
    const index = endings.indexOf(ending);
    change({
      ...definition,
      endings: replaced(endings, index, { ...ending, key }),
      events: events.map((event) => (event.ends === ending.key ? { ...event, ends: key } : event)),
    });
    return null;
  };
  return (
    <>
      <FieldGrid>
        <TextField
          label={t`Name`}
          value={ending.title}
          disabled={readOnly}
          onChange={(title) => onChange({ ...ending, title }, 'title')}
        />
        <KeyField value={ending.key} onRename={rename} />
        <SelectField
          label={t`Outcome`}
          value={ending.outcome}
          disabled={readOnly}
          options={[
            { value: 'lost', label: t`Lost` },
            { value: 'won', label: t`Won` },
          ]}
          onChange={(outcome) => onChange({ ...ending, outcome })}
        />
      </FieldGrid>
      <ColorField
        label={t`Colour`}
        value={ending.color ?? 'gray'}
        disabled={readOnly}
        onChange={(color) => onChange({ ...ending, color })}
      />
    </>
  );
}
