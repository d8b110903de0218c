import { describe, expect, it } from 'vitest';
import { clientInput, newClientDraft, ofKind } from './conversion-draft.ts';

const contact = {
  state: 'open' as const,
  name: 'Vera',
  phones: [],
  emails: [],
  city: null,
  niche: null,
  legalForm: null,
  attributes: {},
};
const lead = { contact, legalForm: null, title: 'Clinic' };

describe('the client of a conversion', () => {
  it('is a new one of the contact, unless one is known by it', () => {
    const draft = newClientDraft(lead, []);
    expect(clientInput(draft)).toEqual({ newClient: { kind: 'person', name: 'Vera' } });
    expect(clientInput(newClientDraft(lead, [{ id: 'c1', name: 'Known' }]))).toEqual({
      clientId: 'c1',
    });
  });

  it('is called as the office calls the lead where nobody knows who it is', () => {
    const hidden = { ...lead, legalForm: 'company', contact: { ...contact, name: null } };
    expect(clientInput(newClientDraft(hidden, []))).toEqual({
      newClient: { kind: 'company', name: 'Clinic' },
    });
  });

  it('is none of several that share the contact until a person says which', () => {
    const known = ['c1', 'c2'].map((id) => ({ id, name: 'Same office' }));
    const draft = newClientDraft(lead, known);
    expect(draft.choice).toBe('');
    expect(clientInput(draft)).toBeNull();
    expect(clientInput({ ...draft, choice: 'c2' })).toEqual({ clientId: 'c2' });
  });

  it('that is a company is not called as the person of the contact is, unless somebody writes that', () => {
    const company = newClientDraft({ ...lead, legalForm: 'company' }, []);
    expect(company).toMatchObject({ kind: 'company', name: 'Clinic' });
    expect(newClientDraft({ ...lead, legalForm: 'company', title: null }, []).name).toBe('');
    const person = newClientDraft(lead, []);
    expect(ofKind(person, 'company', lead)).toMatchObject({ kind: 'company', name: 'Clinic' });
    expect(ofKind(company, 'person', lead).name).toBe('Vera');
    const written = { ...person, name: 'Vera & Co' };
    expect(ofKind(written, 'company', lead)).toMatchObject({ kind: 'company', name: 'Vera & Co' });
  });

  it('has to be named before anything is sent', () => {
    const draft = newClientDraft(lead, []);
    expect(clientInput({ ...draft, name: ' ' })).toBeNull();
    expect(clientInput({ ...draft, choice: 'other' })).toBeNull();
    const other = { id: 'c2', name: 'Other' };
    expect(clientInput({ ...draft, choice: 'other', other })).toEqual({ clientId: 'c2' });
    expect(clientInput({ ...draft, choice: 'none' })).toEqual({});
  });
});
