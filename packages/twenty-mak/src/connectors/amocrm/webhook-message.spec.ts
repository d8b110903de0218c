import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SimulatedAccount } from './simulator/account.ts';
import { hookBody } from './simulator/hook-body.ts';
import type { Change } from './simulator/stored.ts';
import { writeRecords } from './simulator/write-records.ts';
import { readForm, textOf } from './webhook-form.ts';
import { digestOf, readWebhook } from './webhook-message.ts';
import type { WebhookMessage } from './webhook-message.ts';

/** The bodies of the documentation and of real captures, without anybody's data. */
const STATUS = `leads[status][0][id]=10185151&leads[status][0][name]=Order+WEB-184&leads[status][0][status_id]=142&leads[status][0][old_status_id]=32392156&leads[status][0][last_modified]=1772700300&leads[status][0][modified_user_id]=504141&leads[status][0][pipeline_id]=3177727&leads[status][0][custom_fields][1][id]=294481&leads[status][0][custom_fields][1][values][0]=1773100800&account[subdomain]=demo&account[id]=28847170`;
const CONTACT =
  'contacts[update][0][id]=11069775&contacts[update][0][last_modified]=1772700600&contacts[update][0][linked_leads_id][10185151][ID]=10185151&contacts[update][0][type]=contact&account[subdomain]=demo';

function told(body: string): WebhookMessage {
  const read = readWebhook(body);
  if (read.kind === 'refused') throw new Error(read.reason);
  return read.message;
}

const encoded = (body: string): string => body.replaceAll('[', '%5B').replaceAll(']', '%5D');

describe('a message of amoCRM', () => {
  it('names the record, its version and its author, percent-encoded or not', () => {
    const heard = {
      kind: 'leads',
      action: 'status',
      id: '10185151',
      modifiedAt: 1_772_700_300,
      authorId: '504141',
      about: null,
    };
    for (const body of [STATUS, encoded(STATUS)])
      expect(told(body)).toMatchObject({
        account: { id: '28847170', subdomain: 'demo' },
        heard: [heard],
        ignored: [],
      });
  });

  it('may tell of several records and several actions at once', () => {
    const { heard } = told(
      'leads[add][0][id]=1&leads[status][0][id]=2&leads[status][1][id]=3&contacts[update][0][id]=4&contacts[add][0][id]=5&contacts[add][0][type]=company&account[id]=9',
    );
    expect(heard.map(({ kind, action, id }) => `${kind} ${action} ${id}`)).toEqual([
      'leads add 1',
      'leads status 2',
      'leads status 3',
      'contacts update 4',
      'companies add 5',
    ]);
  });

  it('has maps by ids without a million empty places', () => {
    expect(told(CONTACT).heard).toMatchObject([{ kind: 'contacts', id: '11069775' }]);
  });

  it('may give one name a text and parts', () => {
    const note =
      'contacts[note][0][note][id]=7&contacts[note][0][note][type]=3&contacts[note][0][note][type][message_uuid]=u&contacts[note][0][note][element_id]=8&contacts[note][0][note][element_type]=1';
    for (const body of [note, note.split('&').toReversed().join('&')])
      expect(told(body).heard).toMatchObject([
        { kind: 'notes', id: '7', about: { kind: 'contacts', id: '8' } },
      ]);
  });

  it('tells of tasks with what they hang on', () => {
    const { heard } = told(
      'task[add][0][id]=5&task[add][0][element_id]=6&task[add][0][element_type]=2',
    );
    expect(heard).toMatchObject([{ kind: 'tasks', about: { kind: 'leads', id: '6' } }]);
  });

  it('names what is not read', () => {
    const { heard, ignored } = told(
      'unsorted[add][0][uid]=x&message[add][0][id]=uuid&leads[mystery][0][id]=1&leads[add][0][id]=no',
    );
    expect(heard).toEqual([]);
    expect(ignored).toEqual(['unsorted.add', 'message.add', 'leads.mystery', 'leads.add']);
  });

  it.each(['', 'account[id]=1', 'x', '&&&===', '[]=1'])(
    'that tells of nothing is refused: %s',
    (body) => {
      expect(readWebhook(body)).toEqual({ kind: 'refused', reason: 'It tells of nothing.' });
    },
  );

  it('that is endless or bottomless is refused', () => {
    const wide = Array.from({ length: 50_001 }, (_, index) => `a[${index}]=1`).join('&');
    expect(readWebhook(wide)).toMatchObject({ kind: 'refused' });
    expect(readWebhook(`a${'[b]'.repeat(20)}=1`)).toMatchObject({ kind: 'refused' });
  });

  it('has the same digest when it is repeated, and another one when it differs', () => {
    expect(digestOf(STATUS)).toBe(digestOf(Buffer.from(STATUS)));
    expect(digestOf(STATUS)).not.toBe(digestOf(`${STATUS}1`));
  });
});

describe('a form', () => {
  it('takes no name for one of JavaScript', () => {
    const form = readForm(
      '__proto__[polluted]=1&a[constructor][prototype][polluted]=2&a[]=x&a[]=y',
    );
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
    if (form.kind === 'refused') throw new Error(form.reason);
    expect(textOf(form.root, '__proto__', 'polluted')).toBe('1');
    expect(textOf(form.root, 'a', 'constructor', 'prototype', 'polluted')).toBe('2');
    expect([textOf(form.root, 'a', '1'), textOf(form.root, 'a', '2')]).toEqual(['x', 'y']);
  });

  it('of any text is read without an error', () => {
    const pieces = fc.constantFrom(
      'leads',
      'add',
      '[',
      ']',
      '=',
      '&',
      '%',
      '%5B',
      '0',
      'id',
      '__proto__',
      'ї',
    );
    const bodies = fc.oneof(
      fc.string(),
      fc.array(pieces).map((parts) => parts.join('')),
    );
    fc.assert(
      fc.property(bodies, (body) => {
        expect(['message', 'refused']).toContain(readWebhook(body).kind);
      }),
      { numRuns: 2_000 },
    );
  });

  it('gives back every path that it is made of', () => {
    const name = fc.stringMatching(/^[\w$.-]+$/);
    const paths = fc.uniqueArray(fc.array(name, { minLength: 1, maxLength: 8 }), {
      selector: (path) => path.join('/'),
    });
    fc.assert(
      fc.property(paths, fc.string(), (all, text) => {
        const body = new URLSearchParams(
          all.map(([root = '', ...rest], index): [string, string] => [
            `${root}${rest.map((part) => `[${part}]`).join('')}`,
            `${index}${text}`,
          ]),
        );
        const form = readForm(String(body));
        if (form.kind === 'refused') throw new Error(form.reason);
        for (const [index, path] of all.entries())
          expect(textOf(form.root, ...path)).toBe(`${index}${text.toWellFormed()}`);
      }),
    );
  });
});

describe('what our simulator sends', () => {
  it('is read whole, whatever was changed', () => {
    const account = new SimulatedAccount(() => 1_772_700_000_000);
    const [author] = account.users;
    const changes: Change[] = [];
    account.onChange = (some) => void changes.push(...some);
    const place = { pipeline_id: account.mainPipeline.id, status_id: 142 };
    const phone = { field_code: 'PHONE', values: [{ value: '+380 & [x]=%' }] };
    const row = (input: object) => [{ input, key: '0' }];
    const [company] = writeRecords(account, 'companies', row({ name: 'A & B [c]' }), 'create', 1);
    const contact = { first_name: 'Ї', custom_fields_values: [phone] };
    const [person] = writeRecords(account, 'contacts', row(contact), 'create', author?.id ?? 0);
    const linked = { contacts: [{ id: person?.id ?? 0 }], companies: [{ id: company?.id ?? 0 }] };
    const [lead] = writeRecords(account, 'leads', row({ _embedded: linked }), 'create', 1);
    writeRecords(account, 'leads', row({ id: lead?.id, ...place }), 'update', author?.id ?? 0);
    const style = { companiesAs: 'contacts', hidesAuthor: () => false } as const;
    const { heard, ignored } = told(hookBody(account, changes, 'https://x.example', style));
    expect(ignored).toEqual([]);
    expect(new Set(heard.map(({ kind, action, id }) => `${kind} ${action} ${id}`))).toEqual(
      new Set([
        `companies add ${company?.id}`,
        `contacts add ${person?.id}`,
        `leads add ${lead?.id}`,
        `leads update ${lead?.id}`,
        `leads status ${lead?.id}`,
      ]),
    );
  });
});
