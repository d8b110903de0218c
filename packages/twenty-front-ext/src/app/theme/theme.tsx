import {
  createContext,
  useContext,
  useEffect,
  useMemo,
  useState,
  useSyncExternalStore,
} from 'react';
import type { ReactNode } from 'react';
import { ThemeProvider as TwentyThemeProvider } from 'twenty-ui/theme-constants';
import { listenToHost } from '../embed/host.ts';
import { recall, remember } from '../storage.ts';

export type ThemeChoice = 'system' | 'light' | 'dark';

interface Theme {
  readonly choice: ThemeChoice;
  readonly scheme: 'light' | 'dark';
  readonly choose: (choice: ThemeChoice) => void;
}

const ThemeContext = createContext<Theme | null>(null);

const systemIsDark = window.matchMedia('(prefers-color-scheme: dark)');

function listenToSystem(changed: () => void): () => void {
  systemIsDark.addEventListener('change', changed);
  return () => systemIsDark.removeEventListener('change', changed);
}

const paper = window.matchMedia('print');

function listenToPrinting(changed: () => void): () => void {
  paper.addEventListener('change', changed);
  return () => paper.removeEventListener('change', changed);
}

function storedChoice(): ThemeChoice {
  const stored = recall('theme');
  return stored === 'light' || stored === 'dark' ? stored : 'system';
}

export function ThemeProvider({ children }: { readonly children: ReactNode }) {
  const [choice, setChoice] = useState(storedChoice);
  const dark = useSyncExternalStore(listenToSystem, () => systemIsDark.matches);
  const printing = useSyncExternalStore(listenToPrinting, () => paper.matches);
  const chosen = choice === 'system' ? (dark ? 'dark' : 'light') : choice;
  // Paper is white.
  const scheme = printing ? 'light' : chosen;
  useEffect(() => listenToHost(() => setChoice(storedChoice())), []);
  const theme = useMemo<Theme>(
    () => ({
      choice,
      scheme,
      choose: (next) => {
        remember('theme', next);
        setChoice(next);
      },
    }),
    [choice, scheme],
  );
  useEffect(() => {
    document.documentElement.style.colorScheme = scheme;
    const background = scheme === 'dark' ? '#171717' : '#ffffff';
    document.querySelector('meta[name="theme-color"]')?.setAttribute('content', background);
  }, [scheme]);
  return (
    <ThemeContext value={theme}>
      <TwentyThemeProvider colorScheme={scheme}>{children}</TwentyThemeProvider>
    </ThemeContext>
  );
}

export function useThemeChoice(): Theme {
  const theme = useContext(ThemeContext);
  if (theme === null) throw new Error('useThemeChoice is used outside of ThemeProvider');
  return theme;
}
