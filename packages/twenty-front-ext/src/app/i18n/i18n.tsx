import { i18n } from '@lingui/core';
import type { Messages } from '@lingui/core';
import { I18nProvider } from '@lingui/react';
import { createContext, useCallback, useContext, useEffect, useMemo, useState } from 'react';
import type { ReactNode } from 'react';
import { listenToHost } from '../embed/host.ts';
import { recall, remember } from '../storage.ts';

/** Languages with their own names; a person looks for the word of their own language. */
export const LANGUAGES = { en: 'English', ru: 'Русский', uk: 'Українська' } as const;
export type Language = keyof typeof LANGUAGES;

const catalogs: Record<Language, () => Promise<{ messages: Messages }>> = {
  en: () => import('../../locales/en.po'),
  ru: () => import('../../locales/ru.po'),
  uk: () => import('../../locales/uk.po'),
};

export function isLanguage(value: string | null | undefined): value is Language {
  return value !== null && value !== undefined && Object.hasOwn(LANGUAGES, value);
}

/** The chosen language, else the first of the browser's that we have. */
export function preferredLanguage(): Language {
  const chosen = recall('language');
  if (isLanguage(chosen)) return chosen;
  const known = navigator.languages.map((tag) => tag.slice(0, 2).toLowerCase()).find(isLanguage);
  return known ?? 'en';
}

interface LanguageSwitch {
  readonly language: Language;
  readonly choose: (language: Language) => void;
  /** Takes over the language of an account, unless another was chosen on this device. */
  readonly adopt: (locale: string | null) => void;
}

const LanguageContext = createContext<LanguageSwitch | null>(null);

export function LanguageProvider({ children }: { readonly children: ReactNode }) {
  const [language, setLanguage] = useState(preferredLanguage);
  const [shown, setShown] = useState<Language | null>(null);

  useEffect(() => {
    let current = true;
    void catalogs[language]().then(({ messages }) => {
      if (!current) return;
      i18n.loadAndActivate({ locale: language, messages });
      document.documentElement.lang = language;
      setShown(language);
    });
    return () => {
      current = false;
    };
  }, [language]);

  const choose = useCallback((chosen: Language) => {
    remember('language', chosen);
    setLanguage(chosen);
  }, []);
  const adopt = useCallback((locale: string | null) => {
    if (isLanguage(locale) && !isLanguage(recall('language'))) setLanguage(locale);
  }, []);
  useEffect(() => listenToHost(() => setLanguage(preferredLanguage())), []);
  const value = useMemo(() => ({ language, choose, adopt }), [language, choose, adopt]);

  if (shown === null) return null;
  return (
    <LanguageContext value={value}>
      <I18nProvider i18n={i18n}>{children}</I18nProvider>
    </LanguageContext>
  );
}

export function useLanguage(): LanguageSwitch {
  const value = useContext(LanguageContext);
  if (value === null) throw new Error('useLanguage is used outside of LanguageProvider');
  return value;
}
