import { Menu as Base } from '@base-ui/react/menu';
import type { ComponentType, ReactElement, ReactNode } from 'react';
import { IconCheck } from '@tabler/icons-react';
import styles from './menu.module.css';

interface MenuProps {
  /** The button that opens it. */
  readonly trigger: ReactElement;
  readonly children: ReactNode;
  readonly align?: 'start' | 'end';
}

/** A list of actions or choices that opens from a button. */
export function Menu({ trigger, children, align = 'start' }: MenuProps) {
  return (
    <Base.Root>
      <Base.Trigger render={trigger} />
      <Base.Portal>
        <Base.Positioner sideOffset={4} align={align} className={styles.positioner}>
          <Base.Popup className={styles.popup}>{children}</Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}

interface MenuItemProps {
  readonly Icon?: ComponentType<{ size?: number }>;
  readonly children: ReactNode;
  /** Said at the end, e.g. how many there are. */
  readonly detail?: string | null;
  readonly danger?: boolean;
  readonly disabled?: boolean;
  /** The menu stays open, for what is done several times in a row. */
  readonly stays?: boolean;
  readonly onSelect: () => void;
}

export function MenuItem({
  Icon,
  children,
  detail = null,
  danger = false,
  disabled = false,
  stays = false,
  onSelect,
}: MenuItemProps) {
  return (
    <Base.Item
      className={styles.item}
      data-danger={danger}
      disabled={disabled}
      closeOnClick={!stays}
      onClick={onSelect}
    >
      {Icon !== undefined && <Icon size={16} />}
      <span className={styles.text}>{children}</span>
      {detail !== null && <span className={styles.detail}>{detail}</span>}
    </Base.Item>
  );
}

interface MenuChoiceProps<Value extends string> {
  readonly label: string;
  readonly value: Value;
  readonly options: readonly { readonly value: Value; readonly label: string }[];
  readonly onChange: (value: Value) => void;
}

/** One of several, inside a menu. */
export function MenuChoice<Value extends string>({
  label,
  value,
  options,
  onChange,
}: MenuChoiceProps<Value>) {
  return (
    <Base.Group>
      <Base.GroupLabel className={styles.label}>{label}</Base.GroupLabel>
      <Base.RadioGroup value={value} onValueChange={(chosen: Value) => onChange(chosen)}>
        {options.map((option) => (
          <Base.RadioItem
            key={option.value}
            value={option.value}
            className={styles.item}
            closeOnClick
          >
            <span className={styles.text}>{option.label}</span>
            <Base.RadioItemIndicator>
              <IconCheck size={16} />
            </Base.RadioItemIndicator>
          </Base.RadioItem>
        ))}
      </Base.RadioGroup>
    </Base.Group>
  );
}

export function MenuSeparator() {
  return <Base.Separator className={styles.separator} />;
}
