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
  const link = linkOf(letter, publicUrl);
  const paragraphs = (texts: readonly string[]): string =>
    texts.map((text) => `<p>${escape(text)}</p>`).join('\n');
  return {
    to: letter.to,
    subject,
    text: [...above, ...(link === null ? [] : [`${action}:\n${link}`]), ...below].join('\n\n'),
    html: `<!doctype html>
<html lang="${letter.locale}"><head><meta charset="utf-8"><title>${escape(subject)}</title></head>
<body style="font: 15px/1.5 sans-serif; color: #333; max-width: 36em; margin: 2em auto; padding: 0 1em">
${paragraphs(above)}
${link === null ? '' : buttonOf(link, action ?? '')}${paragraphs(below)}
</body></html>
`,
  };
}

/** Where a letter leads to; null for one that needs no answer. */
function linkOf(letter: Letter, publicUrl: string): string | null {
  const page = pageOf(letter);
  if (page === null) return null;
  const link = new URL(page, publicUrl);
  if ('token' in letter) link.searchParams.set('token', letter.token);
  return link.href;
}

function pageOf(letter: Letter): string | null {
  const { page } = KINDS[letter.kind];
  if (letter.kind !== 'lot') return page;
  // Who was given leads has never seen the lot.
  return letter.notice === 'assigned' ? '/leads?kind=working' : `${page}/${letter.lot}`;
}

function buttonOf(link: string, action: string): string {
  return `<p><a href="${escape(link)}" style="display: inline-block; padding: 0.6em 1.2em; border-radius: 6px; background: #1961ed; color: #fff; text-decoration: none">${escape(action)}</a></p>
<p style="font-size: 13px; color: #666; word-break: break-all">${escape(link)}</p>
`;
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
