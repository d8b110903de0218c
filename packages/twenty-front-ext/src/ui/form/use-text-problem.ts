import { useLingui } from '@lingui/react/macro';

/**
 * Control characters and halves of surrogate pairs. Nobody types them, but programs leave them in what is pasted, and
 * the server cannot keep them.
 */
const UNKEEPABLE = /[^\P{Cc}\n\r\t]|\p{Cs}/u;

/** What is wrong with a text whatever it means, in words for the person; null when nothing is. */
export function useTextProblem(text: string, maxLength = Infinity): string | null {
  const { t } = useLingui();
  if (UNKEEPABLE.test(text))
    return t`This holds invisible characters that cannot be kept. Type it again without them.`;
  if (text.length > maxLength) return t`This is too long: at most ${maxLength} characters.`;
  return null;
}
