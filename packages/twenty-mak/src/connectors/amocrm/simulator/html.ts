import type { SimulatedAccount } from './account.ts';
import { fieldInputs } from './hand-fields.ts';
import type { FieldInput } from './hand-fields.ts';
import type { AmocrmSimulator } from './server.ts';
import { RECORD_ENTITIES } from './stored.ts';
import type { RecordEntity, StoredRecord } from './stored.ts';

const TITLES: Record<RecordEntity, readonly [plural: string, singular: string]> = {
  leads: ['Leads', 'lead'],
  contacts: ['Contacts', 'contact'],
  companies: ['Companies', 'company'],
};
/** Records of a kind that are shown; the newest ones. */
const SHOWN = 100;

const STYLE = `
:root { color-scheme: light dark; --line: #8886; --accent: #0b63c5; }
@media (prefers-color-scheme: dark) { :root { --accent: #7db8ff; } }
* { box-sizing: border-box; }
body { font: 1rem/1.5 system-ui, sans-serif; margin: 0 auto; padding: 1rem; max-width: 70rem; }
h1 { font-size: 1.5rem; } h2 { font-size: 1.2rem; margin-top: 2rem; }
nav a { margin-right: 1rem; } a { color: var(--accent); }
.said { border-left: .25rem solid var(--accent); padding: .5rem .75rem; overflow-wrap: anywhere; }
fieldset { display: flex; flex-wrap: wrap; gap: .5rem .75rem; align-items: end; min-width: 0; border: 1px solid var(--line); border-radius: .5rem; margin: .75rem 0; padding: .75rem; }
legend { padding: 0 .25rem; overflow-wrap: anywhere; }
label { display: flex; flex-direction: column; flex: 1 1 10rem; font-size: .875rem; min-width: 0; }
label.check { flex-direction: row; align-items: center; gap: .5rem; }
input, select, textarea, button { font: inherit; padding: .4rem .5rem; min-height: 2.75rem; max-width: 100%; }
label.check input { min-height: 0; width: 1.25rem; height: 1.25rem; }
:focus-visible { outline: .2rem solid var(--accent); outline-offset: .1rem; }
`;

/** Everything that the account holds, to be edited as people edit it in amoCRM. */
export function editPage(simulator: AmocrmSimulator, said: string | null): string {
  const { account, limits } = simulator;
  const sections = RECORD_ENTITIES.map((entity) => recordsSection(account, entity));
  return document(
    'Simulated amoCRM',
    `<h1>Simulated amoCRM</h1>
${said === null ? '' : `<p class="said" role="status">${escape(said)}</p>`}
<p>What is saved here is an edit of ${escape(account.users[1]?.name ?? 'a person')}: subscribers are told as amoCRM tells them. Nothing is kept when the program ends.</p>
<nav aria-label="On this page">${[...RECORD_ENTITIES, 'tasks', 'notes', 'account']
      .map((id) => `<a href="#${id}">${id[0]?.toUpperCase()}${id.slice(1)}</a>`)
      .join('')}</nav>
<main>${sections.join('')}${tasksSection(account)}${notesSection(account)}
<section aria-labelledby="account"><h2 id="account">Account</h2>
<p>${limits.taken} calls were answered, ${limits.rejected} were too many. The account is ${limits.blocked ? 'blocked' : 'not blocked'}.</p>
${webhooks(simulator)}
<form method="post" action="/hand/block"><button name="blocked" value="${limits.blocked ? 'no' : 'yes'}">${limits.blocked ? 'Lift the block' : 'Block the account'}</button></form>
<form method="post" action="/hand/revoke"><button>End all tokens</button></form>
</section></main>`,
  );
}

/** Where an admin agrees to the integration. */
export function consentPage(search: string): string {
  return document(
    'Access to amoCRM',
    `<main><h1>Access to this account</h1><p>MaK asks to read and change the records of this simulated account.</p>
<form method="post" action="/oauth${escape(search)}"><button>Allow</button></form></main>`,
  );
}

function recordsSection(account: SimulatedAccount, entity: RecordEntity): string {
  const [plural, singular] = TITLES[entity];
  const records = [...account.records[entity].values()].toReversed().slice(0, SHOWN);
  return `<section aria-labelledby="${entity}"><h2 id="${entity}">${plural}</h2>
${form(account, entity, undefined, `New ${singular}`)}
${records.map((record) => form(account, entity, record, `${record.id} ${String(record.scalars['name'])}`)).join('')}</section>`;
}

function form(
  account: SimulatedAccount,
  entity: RecordEntity,
  record: StoredRecord | undefined,
  legend: string,
): string {
  const scalars = record?.scalars ?? {};
  const isDeleted = scalars['is_deleted'] === true;
  const owner = scalars['responsible_user_id'] ?? account.users[1]?.id;
  const users = account.users.map(({ id, name }) => [id, name] as const);
  const places = account.pipelines.flatMap((pipeline) =>
    pipeline.statuses.map(
      ({ id, name }) => [`${pipeline.id}:${id}`, `${pipeline.name}: ${name}`] as const,
    ),
  );
  const ordinary = account.mainPipeline.statuses.find(({ type }) => type === 0);
  const place =
    record === undefined
      ? `${account.mainPipeline.id}:${ordinary?.id}`
      : `${scalars['pipeline_id']}:${scalars['status_id']}`;
  const fields = isDeleted
    ? ''
    : `${field('Name', 'name', scalars['name'] ?? '', 'text')}
${entity === 'leads' ? `${field('Price', 'price', scalars['price'] ?? 0, 'number')}${select('Stage', 'place', places, place)}` : ''}
${fieldInputs(account, entity, record).map(inputOf).join('')}
${select('Owner', 'responsible_user_id', users, owner)}<button name="do" value="save">Save</button>`;
  const bin = isDeleted
    ? '<button name="do" value="restore">Restore</button>'
    : '<button name="do" value="delete">Delete</button>';
  return `<form method="post" action="/hand/${entity}/${record?.id ?? 0}"><fieldset><legend>${escape(legend)}${isDeleted ? ' (deleted)' : ''}</legend>
${fields}${record === undefined ? '' : bin}</fieldset></form>`;
}

function tasksSection(account: SimulatedAccount): string {
  const tasks = [...account.tasks.values()].toReversed().slice(0, SHOWN);
  const forms = tasks.map(
    ({
      id,
      text,
      is_completed,
    }) => `<form method="post" action="/hand/task/${id}"><fieldset><legend>Task ${id}</legend>
${area('Text', 'text', text)}<label class="check"><input type="checkbox" name="is_completed"${is_completed ? ' checked' : ''}> Done</label><button>Save</button></fieldset></form>`,
  );
  return `<section aria-labelledby="tasks"><h2 id="tasks">Tasks</h2>${newOfLead(account, 'task')}${forms.join('')}</section>`;
}

/** Those that people write; calls and messages of services are left out. */
function notesSection(account: SimulatedAccount): string {
  const notes = [...account.notes.values()]
    .filter(({ entity, note_type }) => entity === 'leads' && note_type === 'common')
    .toReversed()
    .slice(0, SHOWN);
  const forms = notes.map(
    ({
      id,
      entity_id,
      params,
    }) => `<form method="post" action="/hand/note/${id}"><fieldset><legend>Note ${id} of lead ${entity_id}</legend>
${area('Text', 'text', String(params['text'] ?? ''))}<button name="do" value="save">Save</button><button name="do" value="delete">Delete</button></fieldset></form>`,
  );
  return `<section aria-labelledby="notes"><h2 id="notes">Notes</h2>${newOfLead(account, 'note')}${forms.join('')}</section>`;
}

/** A task or note is made for a lead; both are due or written now. */
function newOfLead(account: SimulatedAccount, kind: 'task' | 'note'): string {
  const leads = [...account.records.leads.values()]
    .filter(({ scalars }) => scalars['is_deleted'] !== true)
    .toReversed()
    .slice(0, SHOWN)
    .map(({ id, scalars }) => [id, `${id} ${String(scalars['name'])}`] as const);
  if (leads.length === 0) return `<p>A ${kind} needs a lead.</p>`;
  return `<form method="post" action="/hand/${kind}/0"><fieldset><legend>New ${kind}</legend>
${select('Lead', 'entity_id', leads, undefined)}${area('Text', 'text', '')}<button>Save</button></fieldset></form>`;
}

function webhooks({ webhooks: { all, underWay } }: AmocrmSimulator): string {
  const rows = [...all.values()].map(
    ({
      id,
      destination,
      disabled,
      settings,
    }) => `<form method="post" action="/hand/webhook/${id}"><fieldset><legend>${escape(destination)}</legend>
<span>${disabled ? 'Off' : 'On'}: ${escape(settings.join(', '))}</span><button name="disabled" value="${disabled ? 'no' : 'yes'}">${disabled ? 'Switch on' : 'Switch off'}</button></fieldset></form>`,
  );
  return `<h3>Webhooks</h3><p>${underWay} messages wait.</p>${rows.join('') || '<p>Nobody subscribed.</p>'}`;
}

function inputOf({ name, label, value, choices, isLong }: FieldInput): string {
  if (isLong) return area(label, name, value);
  if (choices === null) return field(label, name, value, 'text');
  return select(label, name, [['', ''], ...choices.map((one) => [one, one] as const)], value);
}

function field(label: string, name: string, value: unknown, type: string): string {
  return `<label>${label}<input name="${name}" type="${type}" value="${escape(String(value))}"></label>`;
}

/** The first line break of it is not part of the text. */
function area(label: string, name: string, value: string): string {
  return `<label>${label}<textarea name="${name}" rows="2">\n${escape(value)}</textarea></label>`;
}

function select(
  label: string,
  name: string,
  options: readonly (readonly [string | number, string])[],
  chosen: unknown,
): string {
  const shown = options.map(
    ([value, text]) =>
      `<option value="${escape(String(value))}"${String(value) === String(chosen) ? ' selected' : ''}>${escape(text)}</option>`,
  );
  return `<label>${label}<select name="${name}">${shown.join('')}</select></label>`;
}

function document(title: string, body: string): string {
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${title}</title><style>${STYLE}</style></head><body>${body}</body></html>`;
}

function escape(text: string): string {
  const marks: Readonly<Record<string, string>> = {
    '&': '&amp;',
    '<': '&lt;',
    '>': '&gt;',
    '"': '&quot;',
    "'": '&#39;',
  };
  return text.replaceAll(/["&'<>]/g, (mark) => marks[mark] ?? mark);
}
