import type { IncomingMessage, ServerResponse } from 'node:http';
import { Refused } from './answers.ts';
import { fieldRows, textIn } from './hand-fields.ts';
import { consentPage, editPage } from './html.ts';
import { noteSchema, readRows, recordSchema, taskSchema } from './inputs.ts';
import { RECORD_ENTITIES } from './stored.ts';
import type { RecordEntity } from './stored.ts';
import type { AmocrmSimulator } from './server.ts';
import { keep, writeRecords } from './write-records.ts';
import { writeNotes, writeTasks } from './work-routes.ts';

/** What people see of the simulator: records that they edit as in amoCRM, and the consent to an integration. */
export class HandPages {
  private readonly simulator: AmocrmSimulator;

  constructor(simulator: AmocrmSimulator) {
    this.simulator = simulator;
  }

  isTheirs(pathname: string): boolean {
    return pathname === '/' || pathname === '/oauth' || pathname.startsWith('/hand/');
  }

  handle(request: IncomingMessage, url: URL, body: string, response: ServerResponse): void {
    const { origin, host } = request.headers;
    // Another page of the same browser must not press these buttons.
    if (origin !== undefined && origin !== 'null' && new URL(origin).host !== host) {
      response.writeHead(403).end();
      return;
    }
    if (request.method === 'POST') {
      const location = this.press(url, new URLSearchParams(body), host ?? '');
      response.writeHead(303, { location }).end();
      return;
    }
    const html =
      url.pathname === '/oauth'
        ? consentPage(url.search)
        : editPage(this.simulator, url.searchParams.get('said'));
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(html);
  }

  /** Does what a form says, and tells where to go on. */
  private press(url: URL, form: URLSearchParams, host: string): string {
    if (url.pathname === '/oauth') return this.consent(url.searchParams, host);
    const [, , what = '', id = '0'] = url.pathname.split('/');
    try {
      return `/?said=${encodeURIComponent(this.done(what, Number(id), form))}`;
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      return `/?said=${encodeURIComponent(`Not taken: ${JSON.stringify(error.answer.body)}`)}`;
    }
  }

  private consent(asked: URLSearchParams, host: string): string {
    const { oauth } = this.simulator;
    const { clientId, redirectUri } = oauth.integration;
    if (asked.get('client_id') !== clientId)
      return `/?said=${encodeURIComponent('No integration has this id.')}`;
    const target = new URL(redirectUri);
    target.searchParams.set('code', oauth.authorize());
    target.searchParams.set('state', asked.get('state') ?? '');
    target.searchParams.set('referer', host);
    target.searchParams.set('client_id', clientId);
    return String(target);
  }

  private done(what: string, id: number, form: URLSearchParams): string {
    const { limits, oauth, webhooks } = this.simulator;
    const entity = RECORD_ENTITIES.find((one) => one === what);
    if (entity !== undefined) return this.written(entity, id, form);
    switch (what) {
      case 'task':
        return this.task(id, form);
      case 'note':
        return this.note(id, form);
      case 'webhook': {
        const webhook = [...webhooks.all.values()].find((one) => one.id === id);
        if (webhook === undefined) return 'This webhook is not there any more.';
        webhook.disabled = form.get('disabled') === 'yes';
        return `The webhook is ${webhook.disabled ? 'off' : 'on'}.`;
      }
      case 'block':
        if (form.get('blocked') === 'yes') limits.blocked = true;
        else limits.unblock();
        return limits.blocked ? 'The account is blocked.' : 'The account is not blocked.';
      case 'revoke':
        oauth.revokeAll();
        return 'No token works any more.';
      default:
        return 'There is nothing like that here.';
    }
  }

  /** A new one is due in an hour. */
  private task(id: number, form: URLSearchParams): string {
    const { account } = this.simulator;
    const text = textIn(form, 'text') ?? '';
    const lead = Number(form.get('entity_id'));
    const row =
      id === 0
        ? { text, entity_type: 'leads', entity_id: lead, complete_till: account.seconds() + 3_600 }
        : { id, text, is_completed: form.has('is_completed') };
    const mode = id === 0 ? 'create' : 'update';
    const by = { account, userId: this.person };
    const [saved] = writeTasks(by, readRows(taskSchema, [row]), mode);
    return `Task ${saved?.id} is saved.`;
  }

  /** Who deletes one tells nobody, as in amoCRM. */
  private note(id: number, form: URLSearchParams): string {
    const { account } = this.simulator;
    if (form.get('do') === 'delete')
      return account.notes.delete(id)
        ? `Note ${id} is deleted.`
        : 'This note is not there any more.';
    const params = { text: textIn(form, 'text') ?? '' };
    const lead = Number(form.get('entity_id'));
    const row = id === 0 ? { entity_id: lead, note_type: 'common', params } : { id, params };
    const mode = id === 0 ? 'create' : 'update';
    const by = { account, userId: this.person };
    const [saved] = writeNotes(by, 'leads', readRows(noteSchema, [row]), undefined, mode);
    return `Note ${saved?.id} is saved.`;
  }

  private written(entity: RecordEntity, id: number, form: URLSearchParams): string {
    const { account } = this.simulator;
    const existing = account.records[entity].get(id);
    if (form.get('do') === 'delete' || form.get('do') === 'restore') {
      if (existing === undefined) return 'This record is not there any more.';
      const is_deleted = form.get('do') === 'delete';
      const scalars = { ...existing.scalars, is_deleted, updated_at: account.seconds() };
      keep(account, [{ ...existing, scalars: { ...scalars, updated_by: this.person } }]);
      return `${id} is ${is_deleted ? 'deleted' : 'restored'}.`;
    }
    const number = (name: string): Readonly<Record<string, number>> => {
      const text = form.get(name) ?? '';
      return text === '' ? {} : { [name]: Number(text) };
    };
    const [pipeline_id, status_id] = (form.get('place') ?? '').split(':').map(Number);
    const custom = fieldRows(account, entity, existing, form);
    const sent = {
      ...(existing === undefined ? {} : { id }),
      name: form.get('name') ?? '',
      ...number('responsible_user_id'),
      ...(entity === 'leads' ? { ...number('price'), pipeline_id, status_id } : {}),
      ...(custom.length === 0 ? {} : { custom_fields_values: custom }),
    };
    const mode = existing === undefined ? 'create' : 'update';
    const [saved] = writeRecords(
      account,
      entity,
      readRows(recordSchema, [sent]),
      mode,
      this.person,
    );
    return `${saved?.id} is saved.`;
  }

  /** Who sits at the page: a person, not the robot whose token the integration has. */
  private get person(): number {
    return this.simulator.account.users[1]?.id ?? 0;
  }
}
