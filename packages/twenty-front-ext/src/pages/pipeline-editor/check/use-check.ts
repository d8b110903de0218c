import { useEffect, useMemo, useState } from 'react';
import type { PipelineDefinition, Verification } from 'twenty-mak-domain';
import { Background } from './background.ts';
import { notesOf } from './notes.ts';
import type { Note } from './notes.ts';
import { readDraft } from './read-draft.ts';
import type { ReadDraft } from './read-draft.ts';
import type { Table, TableQuery } from './verify-draft.ts';

export interface Check extends ReadDraft {
  /** Of the present definition; null while it is looked at, and while it cannot be read. */
  readonly verification: Verification | null;
  readonly notes: readonly Note[];
  readonly background: Background | null;
}

/** How long typing pauses before all combinations are looked at, in milliseconds. */
const PAUSE = 200;

/** Says of the present definition what the server would say. */
export function useCheck(definition: PipelineDefinition): Check {
  const background = useBackground();
  const read = useMemo(() => readDraft(definition), [definition]);
  const [seen, setSeen] = useState<{ of: PipelineDefinition; is: Verification } | null>(null);

  useEffect(() => {
    if (background === null || read.compiled === null) return undefined;
    let forget = (): void => {};
    const timer = setTimeout(() => {
      forget = background.ask({ kind: 'verify', definition }, (answer) => {
        if (answer.kind === 'verify') setSeen({ of: definition, is: answer.verification });
      });
    }, PAUSE);
    return () => {
      clearTimeout(timer);
      forget();
    };
  }, [background, definition, read]);

  return useMemo(() => {
    const verification = seen?.of === definition ? seen.is : null;
    // The marks of the last look stay until the next one, so that they do not flicker with every key.
    const findings = read.compiled === null ? [] : (seen?.is.findings ?? []);
    return { ...read, verification, notes: notesOf(read.refusals, findings), background };
  }, [background, definition, read, seen]);
}

function useBackground(): Background | null {
  const [background, setBackground] = useState<Background | null>(null);
  useEffect(() => {
    const opened = new Background();
    setBackground(opened);
    return () => opened.close();
  }, []);
  return background;
}

/** A page of the truth table; null while it is made. */
export function useTable(
  { background, compiled }: Check,
  definition: PipelineDefinition,
  query: TableQuery,
): Table | null {
  const [table, setTable] = useState<Table | null>(null);
  useEffect(() => {
    if (background === null || compiled === null) return undefined;
    return background.ask({ kind: 'table', definition, query }, (answer) => {
      if (answer.kind === 'table') setTable(answer.table);
    });
  }, [background, compiled, definition, query]);
  return table;
}
