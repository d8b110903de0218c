import { i18n } from '@lingui/core';
import { texts } from 'virtual:texts';
import { preferredLanguage } from './languages.ts';
import type { Language } from './languages.ts';

let wanted = preferredLanguage();
/** Parts that the application needs by now, in whatever language. */
const opened = new Set(['shared']);
const loaded = new Set<string>();

async function load(language: Language, part: string): Promise<void> {
  const key = `${language}/${part}`;
  // While pages are developed, and of a page without own texts, there is no such part.
  const messages = loaded.has(key) ? undefined : await texts[language]?.[part]?.();
  if (messages === undefined) return;
  loaded.add(key);
  i18n.load(language, messages.messages);
}

/** Loads the texts of a page, named by its folder, which has to be done before it is shown. */
export async function openTexts(page: string): Promise<void> {
  opened.add(page);
  await load(wanted, page);
}

/** Shows everything in a language. False when another one was chosen meanwhile. */
export async function showLanguage(language: Language): Promise<boolean> {
  wanted = language;
  await Promise.all([...opened].map((part) => load(language, part)));
  if (wanted !== language) return false;
  i18n.activate(language);
  return true;
}
