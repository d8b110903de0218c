import { Webhook } from 'standardwebhooks';
import { describe, expect, it } from 'vitest';
import { newSecret, signatureHeaders } from './webhooks.signature.ts';

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
