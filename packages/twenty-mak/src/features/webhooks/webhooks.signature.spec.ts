import { Webhook } from 'standardwebhooks';
import { describe, expect, it } from 'vitest';
import { isSigned, newSecret, REPLAY_WINDOW, signatureHeaders } from './webhooks.signature.ts';

const message = { id: 'event-1', sentAt: Date.now(), body: '{"type":"masterdeal.created","є":1}' };

describe('signatureHeaders', () => {
  it('is accepted by a library of the Standard Webhooks', () => {
    const secret = newSecret();
    const headers = signatureHeaders([secret], message);
    expect(new Webhook(secret).verify(message.body, headers)).toEqual(JSON.parse(message.body));
  });

  it('is accepted with either secret after a rotation', () => {
    const [before, after] = [newSecret(), newSecret()];
    const headers = signatureHeaders([after, before], message);
    for (const secret of [before, after]) {
      expect(() => new Webhook(secret).verify(message.body, headers)).not.toThrow();
    }
  });

  it('is refused for another body or secret', () => {
    const secret = newSecret();
    const headers = signatureHeaders([secret], message);
    expect(() => new Webhook(secret).verify(`${message.body} `, headers)).toThrow(
      'No matching signature found',
    );
    expect(() => new Webhook(newSecret()).verify(message.body, headers)).toThrow(
      'No matching signature found',
    );
  });
});

describe('isSigned', () => {
  const secret = newSecret();
  const { id, sentAt } = message;
  const body = Buffer.from(message.body);
  const sent = new Webhook(secret).sign(id, new Date(sentAt), message.body);
  const headers = { id, timestamp: String(Math.floor(sentAt / 1_000)), signature: sent };

  it('accepts what a library of the Standard Webhooks has signed, also among other signatures', () => {
    expect(isSigned(body, headers, secret, sentAt)).toBe(true);
    expect(isSigned(body, { ...headers, signature: `v1,AAAA ${sent}` }, secret, sentAt)).toBe(true);
  });

  it.each([
    ['another body', Buffer.from(`${message.body} `), {}],
    ['another id', body, { id: 'event-2' }],
    ['no id', body, { id: undefined }],
    ['another time', body, { timestamp: String(Math.floor(sentAt / 1_000) + 1) }],
    ['no signature', body, { signature: undefined }],
    ['a signature of another version', body, { signature: sent.replace('v1,', 'v2,') }],
  ])('refuses %s', (_case, other, changed) => {
    expect(isSigned(other, { ...headers, ...changed }, secret, sentAt)).toBe(false);
  });

  it('refuses another secret, and what is old or from the future', () => {
    expect(isSigned(body, headers, newSecret(), sentAt)).toBe(false);
    for (const late of [REPLAY_WINDOW + 1_000, -REPLAY_WINDOW - 1_000])
      expect(isSigned(body, headers, secret, sentAt + late)).toBe(false);
  });
});
