import { Tabs as Base } from '@base-ui/react/tabs';
import type { ReactNode } from 'react';
import styles from './tabs.module.css';

export interface Tab<Value extends string> {
  readonly value: Value;
  readonly label: string;
  /** Small mark behind the label, e.g. a count. */
  readonly mark?: ReactNode;
}

interface TabListProps<Value extends string> {
  readonly label: string;
  readonly tabs: readonly Tab<Value>[];
}

/** Parts of a page of which one is shown; the `TabList` and the `TabPanel`s stand inside. */
export function Tabs<Value extends string>({
  value,
  onChange,
  className,
  children,
}: {
  readonly value: Value;
  readonly onChange: (value: Value) => void;
  readonly className?: string | undefined;
  readonly children: ReactNode;
}) {
  return (
    <Base.Root
      value={value}
      onValueChange={(chosen: Value) => onChange(chosen)}
      className={className}
    >
      {children}
    </Base.Root>
  );
}

export function TabList<Value extends string>({ label, tabs }: TabListProps<Value>) {
  return (
    <Base.List className={styles.list} aria-label={label}>
      {tabs.map((tab) => (
        <Base.Tab key={tab.value} value={tab.value} className={styles.tab}>
          {tab.label}
          {tab.mark}
        </Base.Tab>
      ))}
    </Base.List>
  );
}

export function TabPanel<Value extends string>({
  value,
  children,
}: {
  readonly value: Value;
  readonly children: ReactNode;
}) {
  return (
    <Base.Panel value={value} className={styles.panel}>
      {children}
    </Base.Panel>
  );
}
