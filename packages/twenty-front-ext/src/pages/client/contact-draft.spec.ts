import { describe, expect, it } from 'vitest';
import { contactsInput, draftOf, isSameContact, isSomebody, NEW_CONTACT } from './contact-draft.ts';

const ann = {
  id: '1',
  state: 'open',
  name: 'Ann',
  position: 'CFO',
  email: null,
  phone: null,
  messengers: [],
} as const;
const hidden = { ...ann, id: '2', state: 'hidden', name: null } as const;

describe('contacts of a client', () => {
  it('keep their place, and those that are not changed stay as they are', () => {
    const draft = { ...draftOf({ ...ann, messengers: [] }), phone: ' +49 1 ' };
    const contacts = [
      { ...hidden, messengers: [] },
      { ...ann, messengers: [] },
    ];
    expect(contactsInput(contacts, '1', draft)).toEqual([
      { id: '2' },
      { id: '1', name: 'Ann', position: 'CFO', phone: '+49 1', messengers: [] },
    ]);
    expect(contactsInput(contacts, '2', null)).toEqual([{ id: '1' }]);
    expect(contactsInput(contacts, null, { ...NEW_CONTACT, email: 'b@example.com' })).toEqual([
      { id: '2' },
      { id: '1' },
      { position: null, email: 'b@example.com', messengers: [] },
    ]);
  });

  it('need something to know the person by', () => {
    expect(isSomebody({ ...NEW_CONTACT, position: 'CFO' })).toBe(false);
    expect(isSomebody({ ...NEW_CONTACT, messengers: [{ kind: 'telegram', address: ' ' }] })).toBe(
      false,
    );
    expect(isSomebody({ ...NEW_CONTACT, phone: '1' })).toBe(true);
  });

  it('are the same when only spaces differ', () => {
    const draft = draftOf({ ...ann, messengers: [] });
    expect(isSameContact(draft, { ...draft, name: ' Ann ' })).toBe(true);
    expect(isSameContact(draft, { ...draft, name: 'Anna' })).toBe(false);
  });
});
