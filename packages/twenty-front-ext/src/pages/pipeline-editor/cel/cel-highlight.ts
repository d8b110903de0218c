import { Decoration, MatchDecorator, ViewPlugin } from '@codemirror/view';
import type { DecorationSet, EditorView, ViewUpdate } from '@codemirror/view';

/** A comment, a text, a name of the language, an operator: the first of them that fits. */
const TOKENS =
  /(\/\/.*)|("(?:[^"\\]|\\.)*"?|'(?:[^'\\]|\\.)*'?)|\b(gates|domains|created|true|false|in)\b|(&&|\|\||[=!]=|!|\?|:)/g;
const CLASSES = ['cel-comment', 'cel-text', 'cel-name', 'cel-operator'] as const;
const MARKS = CLASSES.map((name) => Decoration.mark({ class: name }));

const matcher = new MatchDecorator({
  regexp: TOKENS,
  decoration: (match) => MARKS[match.slice(1).findIndex((part) => part !== undefined)] ?? null,
});

/** Colours the parts of a predicate. */
export const celHighlight = ViewPlugin.fromClass(
  class {
    decorations: DecorationSet;

    constructor(view: EditorView) {
      this.decorations = matcher.createDeco(view);
    }

    update(update: ViewUpdate): void {
      this.decorations = matcher.updateDeco(update, this.decorations);
    }
  },
  { decorations: ({ decorations }) => decorations },
);
