import { KINDS } from './letter.ts';
import type { Letter } from './letter.ts';
import { textOf } from './letter-texts.ts';

export interface ComposedLetter {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}

/** A letter as plain text and as simple HTML, with its link into the web application at `publicUrl`. */
export function compose(letter: Letter, publicUrl: string): ComposedLetter {
  const { subject, above, action, below } = textOf(letter);
  const link = new URL(KINDS[letter.kind].page, publicUrl);
  link.searchParams.set('token', letter.token);
  const paragraphs = (texts: readonly string[]): string =>
    texts.map((text) => `<p>${escape(text)}</p>`).join('\n');
  return {
    to: letter.to,
    subject,
    text: [...above, `${action}:\n${link.href}`, ...below].join('\n\n'),
    html: `<!doctype html>
<html lang="${letter.locale}"><head><meta charset="utf-8"><title>${escape(subject)}</title></head>
<body style="font: 15px/1.5 sans-serif; color: #333; max-width: 36em; margin: 2em auto; padding: 0 1em">
${paragraphs(above)}
<p><a href="${escape(link.href)}" style="display: inline-block; padding: 0.6em 1.2em; border-radius: 6px; background: #1961ed; color: #fff; text-decoration: none">${escape(action)}</a></p>
<p style="font-size: 13px; color: #666; word-break: break-all">${escape(link.href)}</p>
${paragraphs(below)}
</body></html>
`,
  };
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Names come from people; none may become markup. */
function escape(text: string): string {
  return text.replaceAll(/[&<>"']/g, (letter) => ENTITIES[letter] ?? '');
}
