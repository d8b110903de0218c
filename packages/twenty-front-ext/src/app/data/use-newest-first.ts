import { useEffect, useState } from 'react';
import { problemOf } from './problem.ts';
import type { Problem } from './problem.ts';

export interface LinesPage<Line> {
  readonly lines: readonly Line[];
  /** Where the next page begins; null after the last one. */
  readonly cursor: string | null;
}

/** Reads a page; another function is another list. */
type Read<Line> = (after: string | null) => Promise<LinesPage<Line>>;

interface Shown<Line> extends LinesPage<Line> {
  readonly read: Read<Line>;
}

export interface NewestFirst<Line> {
  /** Null while the first page loads. */
  readonly lines: readonly Line[] | null;
  readonly problem: Problem | null;
  readonly loadMore: (() => void) | null;
  readonly loading: boolean;
  readonly retry: () => void;
}

/**
 * What happened, page by page. Whenever `revision` changes the first page is read again; with `keyOf` what was shown of
 * later pages stays.
 */
export function useNewestFirst<Line>(
  read: Read<Line>,
  revision: number,
  keyOf: ((line: Line) => string) | null = null,
): NewestFirst<Line> {
  const [state, setState] = useState<Shown<Line> | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [loading, setLoading] = useState(false);
  const [attempt, setAttempt] = useState(0);
  const shown = state?.read === read ? state : null;

  useEffect(() => {
    let current = true;
    read(null).then(
      (first) => {
        if (!current) return;
        setProblem(null);
        setState((before) => ({
          read,
          ...(before?.read === read && keyOf !== null
            ? withFirstPage(before, first, keyOf)
            : first),
        }));
      },
      (error: unknown) => current && setProblem(problemOf(error)),
    );
    return () => {
      current = false;
    };
  }, [read, revision, attempt, keyOf]);

  const loadMore = (): void => {
    if (shown === null) return;
    setLoading(true);
    read(shown.cursor)
      .then((next) =>
        // A page of what is no longer shown is dropped.
        setState((before) =>
          before?.read === read && before.cursor === shown.cursor
            ? { read, lines: [...before.lines, ...next.lines], cursor: next.cursor }
            : before,
        ),
      )
      .catch((error: unknown) => setProblem(problemOf(error)))
      .finally(() => setLoading(false));
  };

  return {
    lines: shown?.lines ?? null,
    problem,
    loadMore: shown === null || shown.cursor === null || loading ? null : loadMore,
    loading,
    retry: () => {
      setProblem(null);
      setAttempt((count) => count + 1);
    },
  };
}

/**
 * Lines, newest first, with a fresh first page in place of what it covers. Without a common line too much happened
 * since, and only the page is known.
 */
export function withFirstPage<Line>(
  known: LinesPage<Line>,
  page: LinesPage<Line>,
  keyOf: (line: Line) => string,
): LinesPage<Line> {
  const last = page.lines.at(-1);
  if (last === undefined) return page;
  const at = known.lines.findIndex((line) => keyOf(line) === keyOf(last));
  const rest = at === -1 ? [] : known.lines.slice(at + 1);
  return rest.length === 0 ? page : { lines: [...page.lines, ...rest], cursor: known.cursor };
}
