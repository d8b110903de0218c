import { Combobox as Base } from '@base-ui/react/combobox';
import { useLingui } from '@lingui/react/macro';
import { IconCheck, IconX } from '@tabler/icons-react';
import { Field } from '../form/field.tsx';
import type { FieldProps } from '../form/field.tsx';
import type { Option } from '../form/select-field.tsx';
import { searchable } from '../search/search-field.tsx';
import styles from './combobox-field.module.css';

interface ComboboxFieldProps extends FieldProps {
  readonly value: Option | null;
  /** What the present text finds; the field does not filter it again. */
  readonly options: readonly Option[];
  readonly onChange: (value: Option | null) => void;
  readonly onSearch: (text: string) => void;
  readonly placeholder?: string;
  readonly loading?: boolean;
  /** It appears because somebody asked for it, e.g. by opening a cell of a table. */
  readonly focused?: boolean;
  /** Called when somebody goes elsewhere without a choice. */
  readonly onLeave?: () => void;
  /** Without it the field can be emptied. */
  readonly required?: boolean;
}

/** One of many, found by typing. */
export function ComboboxField({
  value,
  options,
  onChange,
  onSearch,
  placeholder,
  loading = false,
  focused = false,
  onLeave,
  required = false,
  ...field
}: ComboboxFieldProps) {
  const { t } = useLingui();
  return (
    <Base.Root
      items={options}
      filter={null}
      value={value}
      onValueChange={(chosen, details) => {
        if (details.reason === 'escape-key') leaveAsItIs(details);
        // In place of a value a choice is final: who empties the text to type another one has chosen nothing yet.
        else if (details.reason === 'input-clear' && focused) details.cancel();
        else onChange(chosen);
      }}
      onInputValueChange={(text, details) => {
        const { reason } = details;
        if (reason === 'escape-key') leaveAsItIs(details);
        if (reason === 'input-change' || reason === 'input-clear') onSearch(searchable(text));
      }}
      isItemEqualToValue={(one, other) => one.value === other.value}
      itemToStringLabel={({ label }) => label}
      autoHighlight
    >
      <Field {...field}>
        {(binding) => (
          <div className={styles.group}>
            <Base.Input
              {...binding}
              placeholder={placeholder}
              ref={focused ? takeFocus : undefined}
              onBlur={onLeave}
            />
            {!required && (
              <Base.Clear className={styles.clear} aria-label={t`Clear`}>
                <IconX size={14} aria-hidden />
              </Base.Clear>
            )}
          </div>
        )}
      </Field>
      <Base.Portal>
        <Base.Positioner sideOffset={4} className={styles.positioner}>
          <Base.Popup className={styles.popup}>
            <Base.Status className={styles.status}>{loading ? t`Searching …` : null}</Base.Status>
            <Base.Empty className={styles.status}>{loading ? null : t`Nothing found.`}</Base.Empty>
            <Base.List>
              {(option: Option) => (
                <Base.Item key={option.value} value={option} className={styles.item}>
                  <span className={styles.label}>{option.label}</span>
                  <Base.ItemIndicator>
                    <IconCheck size={16} aria-hidden />
                  </Base.ItemIndicator>
                </Base.Item>
              )}
            </Base.List>
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}

function takeFocus(input: HTMLInputElement | null): void {
  input?.focus();
}

/** Escape closes what the field stands in; it does not clear the field. */
function leaveAsItIs(details: {
  readonly cancel: () => void;
  readonly allowPropagation: () => void;
}): void {
  details.cancel();
  details.allowPropagation();
}
