/** What no tracked file may hold, because it is true of one machine only. */
const FORBIDDEN: Record<string, RegExp> = {
  'a path of a machine': /(?<![\w.~$}/-])\/(?:work|root|home\/[\w.-]+|Users\/[\w.-]+)\/\w/,
  'a package registry': /\bregistry\.[\w.-]+\.(?:org|com|io|net|dev)\b|\bnpmjs\.(?:org|com)\b/,
};

/** The lines of a text that do not belong into the repository, each with what is wrong with it. */
export function foreignLines(text: string): string[] {
  return text.split('\n').flatMap((line, index) =>
    Object.entries(FORBIDDEN)
      .filter(([, pattern]) => pattern.test(line))
      .map(([what]) => `line ${index + 1} holds ${what}`),
  );
}
