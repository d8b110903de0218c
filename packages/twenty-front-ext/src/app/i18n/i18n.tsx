import { i18n } from '@lingui/core';
import { I18nProvider } from '@lingui/react';
import { createContext, useCallback, useContext, useEffect, useMemo, useState } from 'react';
import type { ReactNode } from 'react';
import { listenToHost } from '../embed/host.ts';
import { recall, remember } from '../storage.ts';
import { isLanguage, preferredLanguage } from './languages.ts';
import type { Language } from './languages.ts';
import { showLanguage } from './texts.ts';

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
    void showLanguage(language).then((shown) => {
      if (!current || !shown) return;
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
