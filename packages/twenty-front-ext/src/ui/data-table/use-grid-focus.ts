import { useLayoutEffect, useRef, useState } from 'react';
import type { FocusEvent, KeyboardEvent, RefObject } from 'react';

/** A place in the grid; row -1 is the header. */
export interface GridPlace {
  readonly row: number;
  readonly column: number;
}

interface GridFocusOptions {
  readonly grid: RefObject<HTMLElement | null>;
  readonly rows: number;
  readonly columns: number;
  /** Rows that one press of Page Down passes. */
  readonly pageSize: () => number;
  readonly reveal: (row: number) => void;
}

interface GridFocus {
  /** The one place that Tab reaches. */
  readonly active: GridPlace;
  readonly onKeyDown: (event: KeyboardEvent) => void;
  readonly onFocus: (event: FocusEvent) => void;
  /** Gives the focus back to the active place, e.g. after an edit. */
  readonly restore: () => void;
}

/**
 * Keyboard of a grid as in the ARIA practices: one tab stop, arrows between cells, Home and End within the row, with
 * Ctrl to the first and last row. A cell that holds a link or a button gives the focus to it.
 */
export function useGridFocus({
  grid,
  rows,
  columns,
  pageSize,
  reveal,
}: GridFocusOptions): GridFocus {
  const [place, setPlace] = useState<GridPlace>({ row: 0, column: 0 });
  const [wanted, setWanted] = useState(0);
  const active = {
    row: Math.min(place.row, rows - 1),
    column: Math.max(0, Math.min(place.column, columns - 1)),
  };
  const latest = useRef(active);
  latest.current = active;

  useLayoutEffect(() => {
    if (wanted > 0) targetAt(grid.current, latest.current)?.focus();
  }, [grid, wanted]);

  const go = (next: GridPlace): void => {
    const row = Math.max(-1, Math.min(next.row, rows - 1));
    if (row >= 0) reveal(row);
    setPlace({ row, column: Math.max(0, Math.min(next.column, columns - 1)) });
    setWanted((count) => count + 1);
  };

  return {
    active,
    restore: () => setWanted((count) => count + 1),
    onFocus: (event) => {
      const at = placeOf(event.target);
      if (at !== null && (at.row !== active.row || at.column !== active.column)) setPlace(at);
    },
    onKeyDown: (event) => {
      if (event.altKey || event.metaKey || isTyping(event.target)) return;
      const next = step(event, active, { rows, columns, page: pageSize() });
      if (next === null) return;
      event.preventDefault();
      go(next);
    },
  };
}

function step(
  { key, ctrlKey }: KeyboardEvent,
  { row, column }: GridPlace,
  { rows, columns, page }: { rows: number; columns: number; page: number },
): GridPlace | null {
  switch (key) {
    case 'ArrowDown':
      return { row: row + 1, column };
    case 'ArrowUp':
      return { row: row - 1, column };
    case 'ArrowLeft':
      return { row, column: column - 1 };
    case 'ArrowRight':
      return { row, column: column + 1 };
    case 'PageDown':
      return { row: row + page, column };
    case 'PageUp':
      return { row: Math.max(0, row - page), column };
    case 'Home':
      return { row: ctrlKey ? 0 : row, column: 0 };
    case 'End':
      return { row: ctrlKey ? rows - 1 : row, column: columns - 1 };
    default:
      return null;
  }
}

function isTyping(target: EventTarget): boolean {
  return (
    target instanceof Element && target.closest('input, select, textarea, [role=menu]') !== null
  );
}

function placeOf(target: EventTarget): GridPlace | null {
  if (!(target instanceof Element)) return null;
  const cell = target.closest<HTMLElement>('[data-column]');
  const row = cell?.closest<HTMLElement>('[data-row]');
  if (cell == null || row == null) return null;
  return { row: Number(row.dataset['row']), column: Number(cell.dataset['column']) };
}

function targetAt(grid: HTMLElement | null, { row, column }: GridPlace): HTMLElement | null {
  const cell = grid?.querySelector<HTMLElement>(`[data-row="${row}"] [data-column="${column}"]`);
  return cell?.querySelector<HTMLElement>('[data-cell-focus]') ?? cell ?? null;
}
