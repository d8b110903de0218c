import { EditorView } from '@codemirror/view';

/** The editor in twenty's colours, light and dark alike: they are variables. */
export const celTheme = EditorView.theme({
  '&': {
    minHeight: '32px',
    border: '1px solid var(--t-border-color-medium)',
    borderRadius: 'var(--t-border-radius-sm)',
    background: 'var(--t-background-transparent-lighter)',
    color: 'var(--t-font-color-primary)',
    fontSize: '12px',
  },
  '&.cm-focused': {
    outline: 'none',
    borderColor: 'var(--t-color-blue)',
    boxShadow: '0 0 0 2px var(--t-accent-tertiary)',
  },
  '.cm-scroller': { fontFamily: 'var(--t-code-font-family), monospace', lineHeight: '1.5' },
  '.cm-content': { padding: '6px 0', caretColor: 'var(--t-font-color-primary)' },
  '.cm-line': { padding: '0 8px' },
  '.cm-cursor': { borderLeftColor: 'var(--t-font-color-primary)' },
  '.cm-placeholder': { color: 'var(--t-font-color-tertiary)' },
  '.cel-comment': { color: 'var(--t-font-color-tertiary)' },
  '.cel-text': { color: 'var(--t-tag-text-green)' },
  '.cel-name': { color: 'var(--t-tag-text-blue)' },
  '.cel-operator': { color: 'var(--t-tag-text-purple)' },
  '&.cm-focused .cm-matchingBracket': { background: 'var(--t-accent-tertiary)' },
  '.cm-tooltip': {
    border: '1px solid var(--t-border-color-medium)',
    borderRadius: 'var(--t-border-radius-md)',
    background: 'var(--t-background-primary)',
    color: 'var(--t-font-color-primary)',
    boxShadow: 'var(--t-box-shadow-strong)',
    zIndex: '50',
  },
  '.cm-tooltip.cm-tooltip-autocomplete > ul': {
    fontFamily: 'var(--t-font-family)',
    maxHeight: '240px',
  },
  '.cm-tooltip.cm-tooltip-autocomplete > ul > li': {
    padding: '6px 8px',
    lineHeight: '1.4',
  },
  '.cm-tooltip-autocomplete ul li[aria-selected]': {
    background: 'var(--t-background-transparent-medium)',
    color: 'var(--t-font-color-primary)',
  },
  '.cm-completionDetail': {
    color: 'var(--t-font-color-secondary)',
    fontStyle: 'normal',
  },
  '.cm-tooltip.cm-tooltip-lint': { padding: '4px 0' },
});
