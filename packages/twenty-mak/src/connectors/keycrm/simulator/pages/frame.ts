import { html } from './html.ts';
import type { Html } from './html.ts';

export const PAGES = [
  ['/', 'Orders'],
  ['/buyers', 'Buyers'],
  ['/goods', 'Goods'],
  ['/cards', 'Cards'],
  ['/messages', 'Messages'],
  ['/calls', 'Calls'],
] as const;

const STYLE = `
:root { color-scheme: light dark; --line: light-dark(#8a8f98, #70757d); --soft: light-dark(#f2f4f7, #23262b); --link: light-dark(#0b4fa8, #8ab8ff); --bad: light-dark(#a1260d, #ff9d85); }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 64rem; padding: 0 1rem 4rem; font: 1rem/1.5 system-ui, sans-serif; }
a { color: var(--link); }
.skip { position: absolute; left: -100rem; }
.skip:focus { left: 1rem; }
nav ul { display: flex; flex-wrap: wrap; gap: 0.25rem 1rem; list-style: none; padding: 0; }
nav a { display: inline-block; padding: 0.5rem 0; }
nav a[aria-current] { font-weight: 700; text-decoration-thickness: 3px; }
h1 { font-size: 1.4rem; margin: 1rem 0; }
h2 { font-size: 1.1rem; margin: 2rem 0 0.5rem; }
.wide { overflow-x: auto; }
table { border-collapse: collapse; min-width: 100%; }
caption { text-align: left; padding: 0.25rem 0; }
th, td { border-bottom: 1px solid var(--line); padding: 0.4rem 0.75rem 0.4rem 0; text-align: left; vertical-align: top; }
form { display: flex; flex-wrap: wrap; gap: 0.75rem; align-items: end; background: var(--soft); border-radius: 0.5rem; padding: 0.75rem; margin: 0.5rem 0; }
td form { background: none; padding: 0; margin: 0; }
label { display: flex; flex-direction: column; gap: 0.2rem; max-width: 100%; }
input, select, button { font: inherit; min-height: 2.75rem; padding: 0.25rem 0.6rem; border: 1px solid var(--line); border-radius: 0.35rem; max-width: 100%; }
button { cursor: pointer; font-weight: 600; }
:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; }
pre { white-space: pre-wrap; overflow-wrap: anywhere; margin: 0; font-size: 0.85rem; }
[role='alert'] { border: 2px solid var(--bad); border-radius: 0.35rem; padding: 0.5rem 0.75rem; }
@media (max-width: 30rem) { form label, form button { width: 100%; } td form label, td form button { width: auto; } }
`;

/** A whole page; `wrong` is what was wrong with the last edit. */
export function frame(title: string, place: string, wrong: string | undefined, body: Html): string {
  const links = PAGES.map(
    ([to, name]) =>
      html`<li><a href="${to}" ${to === place && html`aria-current="page"`}>${name}</a></li>`,
  );
  return html`<!DOCTYPE html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${title} – simulated KeyCRM</title>
        <link rel="stylesheet" href="/style.css" />
      </head>
      <body>
        <a class="skip" href="#main">To the content</a>
        <header>
          <nav aria-label="Pages">
            <ul>
              ${links}
            </ul>
          </nav>
        </header>
        <main id="main">
          <h1>${title}</h1>
          ${wrong !== undefined && html`<p role="alert">${wrong}</p>`} ${body}
        </main>
      </body>
    </html>`.text;
}

export const styleSheet = STYLE;

/** A table that scrolls by itself on a narrow screen. */
export function table(caption: string, heads: readonly string[], rows: readonly Html[]): Html {
  if (rows.length === 0) return html`<p>${caption}: none yet.</p>`;
  return html`<div class="wide" role="region" aria-label="${caption}" tabindex="0">
    <table>
      <caption>
        ${caption}
      </caption>
      <thead>
        <tr>
          ${heads.map((head) => html`<th scope="col">${head}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${rows}
      </tbody>
    </table>
  </div>`;
}

/** A field with its name over it. */
export function field(
  name: string,
  label: string,
  value: string | number | null | undefined = '',
  type = 'text',
): Html {
  return html`<label
    >${label}<input name="${name}" type="${type}" step="any" value="${value}"
  /></label>`;
}

export function choice(
  name: string,
  label: string,
  options: readonly (readonly [value: string | number, label: string])[],
  chosen?: string | number | null,
): Html {
  const items = options.map(
    ([value, text]) =>
      html`<option value="${value}" ${value === chosen && html`selected`}>${text}</option>`,
  );
  return html`<label
    >${label}<select name="${name}">
      ${items}
    </select></label
  >`;
}

/** A form that does one thing. */
export function form(action: string, button: string, fields: readonly Html[]): Html {
  return html`<form method="post" action="${action}">
    ${fields}<button type="submit">${button}</button>
  </form>`;
}
