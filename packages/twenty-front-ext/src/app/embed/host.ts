import { isLanguage } from '../i18n/languages.ts';
import type { Language } from '../i18n/languages.ts';
import { remember } from '../storage.ts';
import { embedded } from './embedded.ts';

/** What the page around this one says in the fragment of our address; see docs/developers/sign-in.md. */
export interface HostWord {
  /** One-time code to be exchanged for a session. */
  readonly code: string | null;
  /** The page to begin with. */
  readonly path: string | null;
  readonly theme: 'light' | 'dark' | null;
  readonly language: Language | null;
}

/** Reads `#code=…&path=/board&theme=dark&locale=uk-UA`. What leads elsewhere or is not known is as if it were not there. */
export function readFragment(fragment: string): HostWord {
  const said = new URLSearchParams(fragment.replace(/^#/, ''));
  const path = said.get('path');
  return {
    code: said.get('code'),
    path: path !== null && /^\/(?![/\\])/.test(path) ? path : null,
    theme: themeOf(said.get('theme')),
    language: languageOf(said.get('locale') ?? said.get('lang')),
  };
}

function themeOf(word: string | null): HostWord['theme'] {
  return word === 'light' || word === 'dark' ? word : null;
}

/** twenty says `uk-UA` where we say `uk`. */
function languageOf(tag: string | null): Language | null {
  const [language = ''] = tag?.toLowerCase().split(/[-_]/, 1) ?? [];
  return isLanguage(language) ? language : null;
}

/** Takes the word out of the address at once: the code must not stay where histories and logs keep it. */
function take(): HostWord {
  const word = readFragment(location.hash);
  if (location.hash !== '') {
    history.replaceState(history.state, '', `${location.pathname}${location.search}`);
  }
  if (word.theme !== null) remember('theme', word.theme);
  if (word.language !== null) remember('language', word.language);
  return word;
}

const first = embedded ? take() : null;
let firstCode = first?.code ?? null;

/** The page that the host wants to see first. */
export const firstPath = first?.path ?? '/';

export function hasFirstCode(): boolean {
  return firstCode !== null;
}

/** The code that this page was opened with; once, as it opens only one session. */
export function takeFirstCode(): string | null {
  const code = firstCode;
  firstCode = null;
  return code;
}

/** Calls the listener when the host sets another fragment: a new code, another theme or language. */
export function listenToHost(listener: (word: HostWord) => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Asks the page around us for a new code. A message is all that leaves a sandboxed frame; this one holds no secret. */
export function askHostForCode(): void {
  window.parent.postMessage({ type: 'mak.code-needed' }, '*');
}

const listeners = new Set<(word: HostWord) => void>();
if (embedded) {
  window.addEventListener('hashchange', () => {
    if (location.hash === '') return;
    const word = take();
    for (const listener of listeners) listener(word);
  });
}
