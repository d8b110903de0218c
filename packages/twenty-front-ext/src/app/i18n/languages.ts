import { recall } from '../storage.ts';

/** Languages with their own names; a person looks for the word of their own language. */
export const LANGUAGES = { en: 'English', ru: 'Русский', uk: 'Українська' } as const;
export type Language = keyof typeof LANGUAGES;

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
