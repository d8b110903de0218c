import { useLingui } from '@lingui/react/macro';
import { IconPlus } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import type { ReactNode } from 'react';
import { Button } from 'twenty-ui/input';
import { moved } from '../../../ui/sortable/moved.ts';
import { Sortable } from '../../../ui/sortable/sortable.tsx';
import { useSnackbar } from '../../../ui/snackbar/snackbar.tsx';
import { useEditor } from '../draft/editor-context.ts';
import { useRowKeys } from '../draft/row-keys.ts';
import { ItemRow } from './item-row.tsx';
import styles from './items.module.css';

interface ItemListProps<T> {
  readonly label: string;
  readonly items: readonly T[];
  /** Path of the list in the definition, e.g. `rules`. */
  readonly field: string;
  readonly nameOf: (item: T, index: number) => string;
  /** Behind the name, while the row is closed too. */
  readonly summary?: (item: T, index: number) => ReactNode;
  readonly panel: (item: T, index: number) => ReactNode;
  readonly onChange: (items: readonly T[]) => void;
  /** Left out: an item is removed without a question. */
  readonly onRemove?: (item: T, index: number) => void;
  readonly addLabel: string;
  readonly onAdd: () => void;
  readonly empty: string;
}

/** A list of parts of the definition: each opens in its place, moves by drag and drop or by its menu, and can be removed. */
export function ItemList<T>({
  label,
  items,
  field,
  nameOf,
  summary,
  panel,
  onChange,
  onRemove,
  addLabel,
  onAdd,
  empty,
}: ItemListProps<T>) {
  const { t } = useLingui();
  const { readOnly, undo } = useEditor();
  const snackbar = useSnackbar();
  const keys = useRowKeys(items);
  const [open, setOpen] = useState<ReadonlySet<number>>(new Set());
  const [said, setSaid] = useState('');
  const list = useRef<HTMLDivElement>(null);
  const { length } = items;
  const focusNext = useFocusAfterChange(list, length);

  const toggle = (key: number): void =>
    setOpen(
      (before) =>
        new Set(before.has(key) ? [...before].filter((one) => one !== key) : [...before, key]),
    );
  const move = (from: number, to: number): void => {
    onChange(moved(items, from, to));
    const item = items[from];
    const name = item === undefined ? '' : nameOf(item, from);
    const place = to + 1;
    setSaid(t`${name} is moved to place ${place} of ${length}.`);
  };
  const remove = (item: T, index: number): void => {
    focusNext(index);
    onChange(items.toSpliced(index, 1));
    const name = nameOf(item, index);
    snackbar.info(t`${name} is removed.`, { label: t`Undo`, run: undo });
  };
  const add = (): void => {
    focusNext('last');
    onAdd();
  };

  return (
    <div ref={list}>
      {length === 0 && <p className={styles.empty}>{empty}</p>}
      <Sortable
        label={label}
        items={items.map((item, index) => ({ key: `${keys[index]}`, name: nameOf(item, index) }))}
        disabled={readOnly}
        onMove={(from, to) => onChange(moved(items, from, to))}
      >
        {(index, handle) => {
          const item = items[index];
          const key = keys[index];
          if (item === undefined || key === undefined) return null;
          return (
            <ItemRow
              field={`${field}.${index}`}
              name={nameOf(item, index)}
              summary={summary?.(item, index)}
              handle={handle}
              open={open.has(key)}
              onToggle={() => toggle(key)}
              onUp={index > 0 ? () => move(index, index - 1) : null}
              onDown={index < length - 1 ? () => move(index, index + 1) : null}
              onRemove={() => (onRemove ?? remove)(item, index)}
            >
              {() => panel(item, index)}
            </ItemRow>
          );
        }}
      </Sortable>
      {!readOnly && (
        <Button Icon={IconPlus} title={addLabel} variant="secondary" size="small" onClick={add} />
      )}
      <p className="visually-hidden" aria-live="polite">
        {said}
      </p>
    </div>
  );
}

/** Where the focus goes when a row has come or gone, so that it is never lost. */
function useFocusAfterChange(
  list: { readonly current: HTMLElement | null },
  length: number,
): (place: number | 'last') => void {
  const wanted = useRef<number | 'last' | null>(null);
  useEffect(() => {
    const place = wanted.current;
    if (place === null) return;
    wanted.current = null;
    const rows = [...(list.current?.querySelectorAll<HTMLElement>('[data-row]') ?? [])];
    const row = place === 'last' ? rows.at(-1) : (rows[place] ?? rows.at(-1));
    row?.focus();
    if (place === 'last' && row?.ariaExpanded === 'false') row.click();
  }, [list, length]);
  return (place) => {
    wanted.current = place;
  };
}
