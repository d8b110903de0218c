import { describe, expect, it } from 'vitest';
import { formatInstant } from '../basics/index.ts';
import { parseEvent } from '../deal-gates/index.ts';
import { convertLead } from './conversion.ts';
import type { ConversionOrder } from './conversion.ts';
import { lastOf, leadOf } from './fixtures.ts';
import type { Lead } from './lead.ts';
import { DEFAULT_LEAD_SETTINGS } from './settings.ts';

const ORDER: ConversionOrder = {
  pipeline: 'adtech',
  dealName: 'Summer campaign',
  ownerId: 'kim',
  clientId: null,
  at: 50,
  actorId: 'kim',
};
const consent = { answer: 'given', at: 1, evidence: 'form' } as const;
const convert = (
  lead: Lead,
  order: Partial<ConversionOrder> = {},
  policy: 'required' | 'other_ground' = 'required',
) => convertLead(DEFAULT_LEAD_SETTINGS, policy, lead, { ...ORDER, ...order });

describe('convertLead', () => {
  it('ends the lead and makes a deal with all that is known', () => {
    const lead = leadOf('lead-1', {
      consent,
      origin: { leadId: 'lead-1', at: 0, source: 'partner', partnerId: 'p' },
      last: { ...lastOf('working', 'lead-1'), number: 4 },
      phones: [{ value: '+380671234567', at: 1 }],
      emails: [{ value: 'a@b.co', at: 1 }],
      fields: {
        name: { value: 'Ivan', at: 1 },
        city: { value: 'Kyiv', at: 1 },
        niche: { value: 'food', at: 1 },
        legalForm: { value: 'llc', at: 1 },
        handling: { value: 'call', at: 1 },
        amount: { value: { amount: 500, currency: 'UAH' }, at: 1 },
      },
    });
    expect(convert(lead, { clientId: 'c' })).toEqual({
      ok: true,
      value: {
        change: {
          leadId: 'lead-1',
          number: 5,
          from: 'in_work',
          to: 'converted',
          kind: 'converted',
          at: 50,
          by: 'conversion',
          actorId: 'kim',
          reason: null,
        },
        event: {
          eventId: 'lead-1:5',
          type: 'lead.created',
          version: 1,
          source: 'mak',
          occurredAt: 50,
          masterDealId: null,
          externalRefs: [{ system: 'mak-lead', id: 'lead-1:5' }],
          correlationId: 'lead-1',
          data: {
            pipeline: 'adtech',
            name: 'Summer campaign',
            owner_id: 'kim',
            client_id: 'c',
            amount: 500,
            currency: 'UAH',
            attributes: {
              lead_id: 'lead-1',
              source: 'partner',
              city: 'Kyiv',
              niche: 'food',
              legal_form: 'llc',
              handling: 'call',
            },
            contact: {
              id: 'lead:lead-1',
              name: 'Ivan',
              phones: ['+380671234567'],
              emails: ['a@b.co'],
            },
          },
        },
      },
    });
  });

  it('leaves out what is not known', () => {
    const decided = convert(leadOf('a', { consent }), { ownerId: null });
    expect(decided.ok && decided.value.event.data).toStrictEqual({
      pipeline: 'adtech',
      name: 'Summer campaign',
      attributes: { lead_id: 'a', source: 'external' },
      contact: { id: 'lead:a' },
    });
  });

  it('writes the person nowhere but under contact', () => {
    const lead = leadOf('a', {
      consent,
      phones: [{ value: '+380671234567', at: 0 }],
      emails: [{ value: 'secret@b.co', at: 0 }],
      fields: { name: { value: 'Secret', at: 0 } },
    });
    const decided = convert(lead);
    if (!decided.ok) throw new Error('refused');
    const { contact, ...rest } = decided.value.event.data;
    expect(contact).toBeDefined();
    expect(JSON.stringify([rest, decided.value.change])).not.toMatch(/secret|380671234567/i);
  });

  it('makes another deal of a lead that came back, and the same event of a repeat', () => {
    const back = leadOf('a', { consent, last: { ...lastOf('returned'), number: 7 } });
    expect(convert(back)).toMatchObject({ value: { event: { eventId: 'a:8' } } });
    expect(convert(back)).toEqual(convert(back));
  });

  it('is an event that is taken in', () => {
    const decided = convert(leadOf('a', { consent }), { at: Date.parse('2026-01-01T00:00:00Z') });
    if (!decided.ok) throw new Error('refused');
    const { event } = decided.value;
    const { eventId, occurredAt, externalRefs, correlationId, type, source, version, data } = event;
    const written = {
      ...{ event_id: eventId, type, source, version, data, correlation_id: correlationId },
      ...{ occurred_at: formatInstant(occurredAt), external_refs: externalRefs },
    };
    expect(parseEvent(written, occurredAt)).toEqual({ ok: true, value: event });
  });

  it.each([
    ['without a name', leadOf('a', { consent }), { dealName: ' ' }, 'text_invalid', 'name'],
    [
      'of a deal',
      leadOf('a', { consent, last: lastOf('converted') }),
      {},
      'lead_converted',
      'status',
    ],
    [
      'on auction',
      leadOf('a', { consent, last: lastOf('auction') }),
      {},
      'move_not_possible',
      'status',
    ],
    [
      'that is rejected',
      leadOf('a', { consent, last: lastOf('rejected') }),
      {},
      'move_not_possible',
      'status',
    ],
    ['without consent', leadOf('a'), {}, 'consent_missing', 'consent'],
    [
      'after a no',
      leadOf('a', { consent: { ...consent, answer: 'withdrawn' } }),
      {},
      'consent_withdrawn',
      'consent',
    ],
  ] as const)('refuses a lead %s', (_, lead, order, code, field) => {
    const decided = convert(lead, order);
    expect(decided).toMatchObject({ ok: false, refusal: { code, field } });
    expect(decided.ok || decided.refusal.reason).toMatch(/^[A-Z].{20,}\.$/);
  });

  it('needs no consent where the tenant has another ground', () => {
    expect(convert(leadOf('a'), {}, 'other_ground').ok).toBe(true);
  });
});
