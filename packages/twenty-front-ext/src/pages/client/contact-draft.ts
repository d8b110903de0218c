import type { ClientContactInput, ContactDetailFragment } from '../../generated/graphql.ts';

/** What people fill in about somebody at a client. */
export interface ContactDraft {
  readonly name: string;
  readonly position: string;
  readonly email: string;
  readonly phone: string;
  readonly messengers: readonly { readonly kind: string; readonly address: string }[];
}

export const NEW_CONTACT: ContactDraft = {
  name: '',
  position: '',
  email: '',
  phone: '',
  messengers: [],
};

export function draftOf(contact: ContactDetailFragment): ContactDraft {
  return {
    name: contact.name ?? '',
    position: contact.position ?? '',
    email: contact.email ?? '',
    phone: contact.phone ?? '',
    messengers: contact.messengers.map(({ kind, address }) => ({ kind, address })),
  };
}

/** Whether there is a way to know the person by. */
export function isSomebody({ name, email, phone, messengers }: ContactDraft): boolean {
  return (
    [name, email, phone].some((text) => text.trim() !== '') || filled({ messengers }).length > 0
  );
}

export function isSameContact(one: ContactDraft, other: ContactDraft): boolean {
  return JSON.stringify(contactInput(one)) === JSON.stringify(contactInput(other));
}

/**
 * All contacts as the server takes them, with one of them changed, added (no id) or left out (no draft). Those that are
 * named by their id alone stay as they are, also those that this person may not read.
 */
export function contactsInput(
  contacts: readonly ContactDetailFragment[],
  id: string | null,
  draft: ContactDraft | null,
): ClientContactInput[] {
  if (id === null)
    return [
      ...contacts.map((one) => ({ id: one.id })),
      ...(draft === null ? [] : [contactInput(draft)]),
    ];
  return contacts.flatMap((one) => {
    if (one.id !== id) return [{ id: one.id }];
    return draft === null ? [] : [{ id, ...contactInput(draft) }];
  });
}

function contactInput(draft: ContactDraft): ClientContactInput {
  const { name, position, email, phone } = draft;
  const given = (member: 'name' | 'email' | 'phone', text: string): ClientContactInput =>
    text.trim() === '' ? {} : { [member]: text.trim() };
  return {
    position: position.trim() === '' ? null : position.trim(),
    ...given('name', name),
    ...given('email', email),
    ...given('phone', phone),
    messengers: filled(draft),
  };
}

function filled({
  messengers,
}: Pick<ContactDraft, 'messengers'>): { kind: string; address: string }[] {
  return messengers
    .map(({ kind, address }) => ({ kind: kind.trim(), address: address.trim() }))
    .filter(({ kind, address }) => kind !== '' && address !== '');
}
