import type { Values } from 'twenty-mak-domain';
import type { z } from 'zod';
import type { WriteRefusal } from '../../platform/records/index.ts';
import { contactBody, contactSchema, storedContactSchema } from './clients.dto.ts';

type Contact = z.output<typeof storedContactSchema>;

const TEXTS = ['name', 'email', 'phone'] as const;

/** What of a contact other systems know, one spelling for equal values. */
export function contactValues({ name, email, phone }: Contact): Values {
  return {
    name: name === undefined ? null : name.trim().split(/\s+/).join(' '),
    email: email?.trim().toLowerCase() ?? null,
    phone: phone === undefined ? null : phoneOf(phone),
  };
}

/** The contact after another system changed it; what it does not know of stays. */
export function changedContact(before: Contact, values: Values): Contact {
  const changed: Record<string, unknown> = { ...before };
  for (const field of TEXTS) {
    if (!(field in values)) continue;
    const value = values[field];
    if (typeof value === 'string' && value !== '') changed[field] = value;
    else delete changed[field];
  }
  return storedContactSchema.parse(changed);
}

/** Why MaK cannot hold a value. The reason never repeats it. */
export function contactRefusal(values: Values): WriteRefusal | null {
  const { shape } = contactSchema;
  for (const field of TEXTS) {
    const value = values[field] ?? undefined;
    if (value === undefined || shape[field].safeParse(value).success) continue;
    const reason = `MaK cannot hold this ${field}; see the documentation of clients for what it may be.`;
    return { code: 'invalid_contact', reason, field };
  }
  const { position = null } = values;
  if (contactBody.shape.position.safeParse(position).success) return null;
  return {
    code: 'invalid_contact',
    reason: 'A position has at most 100 characters.',
    field: 'position',
  };
}

/** Digits, with a plus in front of a number that says its country. */
function phoneOf(text: string): string | null {
  const digits = text.replace(/\D/g, '');
  if (digits === '') return null;
  if (text.trim().startsWith('+')) return `+${digits}`;
  return digits.startsWith('00') ? `+${digits.slice(2)}` : digits;
}
