import {
  acceptCompletion,
  autocompletion,
  closeBrackets,
  closeBracketsKeymap,
  completionKeymap,
} from '@codemirror/autocomplete';
import type { Completion, CompletionContext, CompletionResult } from '@codemirror/autocomplete';
import { defaultKeymap, history, historyKeymap } from '@codemirror/commands';
import { bracketMatching } from '@codemirror/language';
import { setDiagnostics } from '@codemirror/lint';
import { Compartment, EditorState } from '@codemirror/state';
import { EditorView, keymap, placeholder } from '@codemirror/view';
import { useEffect, useLayoutEffect, useRef } from 'react';
import type { TextRange } from 'twenty-mak-domain';
import type { Note } from '../check/notes.ts';
import { suggestionsAt } from './cel-completion.ts';
import type { Names, Suggestion } from './cel-completion.ts';
import { celHighlight } from './cel-highlight.ts';
import { celTheme } from './cel-theme.ts';

export interface CodeMirrorProps {
  readonly id: string;
  readonly labelledBy: string;
  readonly describedBy: string | undefined;
  readonly value: string;
  readonly names: Names;
  readonly notes: readonly Note[];
  readonly readOnly: boolean;
  readonly example: string;
  /** Selection of the plain field that stood here until now and had the focus: the person goes on typing. */
  readonly selected: { readonly current: TextRange | null };
  readonly onChange: (value: string) => void;
}

const TYPES = { gate: 'variable', domain: 'namespace', stage: 'text', word: 'keyword' } as const;

/** A predicate under the hands of a person. The text is the caller's; the editor keeps cursor and selection. */
export function CodeMirror(props: CodeMirrorProps) {
  const { value, notes, readOnly, id, labelledBy, describedBy } = props;
  const holder = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView>(null);
  const changing = useRef(new Compartment());
  const latest = useRef(props);

  useEffect(() => {
    latest.current = props;
  });

  // In the same turn as the plain field goes: no key is pressed in between.
  useLayoutEffect(() => {
    if (holder.current === null) return undefined;
    const editor = new EditorView({
      parent: holder.current,
      state: EditorState.create({
        doc: latest.current.value,
        extensions: [
          history(),
          bracketMatching(),
          closeBrackets(),
          autocompletion({
            override: [(context) => complete(context, latest.current.names)],
            icons: false,
          }),
          keymap.of([
            { key: 'Tab', run: acceptCompletion },
            ...closeBracketsKeymap,
            ...completionKeymap,
            ...historyKeymap,
            ...defaultKeymap,
          ]),
          EditorView.lineWrapping,
          EditorView.updateListener.of((update) => {
            const text = update.state.doc.toString();
            if (update.docChanged && text !== latest.current.value) latest.current.onChange(text);
          }),
          placeholder(latest.current.example),
          celHighlight,
          celTheme,
          changing.current.of([]),
        ],
      }),
    });
    view.current = editor;
    const before = latest.current.selected.current;
    if (before !== null) {
      const { length } = editor.state.doc;
      const [anchor, head] = [Math.min(before.start, length), Math.min(before.end, length)];
      editor.dispatch({ selection: { anchor, head } });
      editor.focus();
    }
    return () => editor.destroy();
  }, []);

  useEffect(() => {
    const attributes = {
      id,
      'aria-labelledby': labelledBy,
      'aria-invalid': String(notes.some(({ severity }) => severity === 'error')),
      'aria-readonly': String(readOnly),
      ...(describedBy === undefined ? {} : { 'aria-describedby': describedBy }),
    };
    view.current?.dispatch({
      effects: changing.current.reconfigure([
        EditorView.contentAttributes.of(attributes),
        EditorState.readOnly.of(readOnly),
        EditorView.editable.of(!readOnly),
      ]),
    });
  }, [id, labelledBy, describedBy, notes, readOnly]);

  useEffect(() => {
    const editor = view.current;
    if (editor === null) return;
    const { length } = editor.state.doc;
    if (editor.state.doc.toString() !== value)
      editor.dispatch({ changes: { from: 0, to: length, insert: value } });
    const diagnostics = notes.map(({ range, severity, reason }) => ({
      ...within(range, value.length),
      severity,
      message: reason,
    }));
    editor.dispatch(setDiagnostics(editor.state, diagnostics));
  }, [value, notes]);

  return <div ref={holder} />;
}

/** The whole text when nobody knows where; at least one character, so that the mark is seen. */
function within(range: TextRange | undefined, length: number): { from: number; to: number } {
  const to = Math.min(range?.end ?? length, length);
  const from = Math.min(range?.start ?? 0, to);
  return { from: from === to ? Math.max(0, from - 1) : from, to };
}

function complete(context: CompletionContext, names: Names): CompletionResult | null {
  const before = context.state.sliceDoc(0, context.pos);
  const found = suggestionsAt(before, names, context.explicit);
  return found === null
    ? null
    : { from: found.from, options: found.options.map(completionOf), validFor: /^[\w.-]*$/ };
}

function completionOf({ label, apply, detail, kind }: Suggestion): Completion {
  return {
    label,
    type: TYPES[kind],
    ...(apply === undefined ? {} : { apply }),
    ...(detail === undefined ? {} : { detail }),
  };
}
