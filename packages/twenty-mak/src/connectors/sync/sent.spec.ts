import { describe, expect, it } from 'vitest';
import { sentOf, sentUpTo } from './sent.ts';

const print = (value: unknown): string => JSON.stringify(value);

describe('what was sent in several calls', () => {
  const values = { status: 'done', payments: [5, 9] };
  const sent = sentOf(values, [{ status: 'new', payments: [5] }, { comment: 'x' }], print);

  it('is known whole, and as it is after each of the calls', () => {
    for (const there of [
      values,
      { status: 'new', payments: [5] },
      { status: 'done', payments: [5] },
    ])
      expect(sentUpTo(sent, there, print)).toEqual({
        status: print(there.status),
        payments: print(there.payments),
      });
  });

  it('is nothing that somebody else wrote', () => {
    expect(sentUpTo(sent, { status: 'cancelled', payments: [7] }, print)).toEqual({
      status: print('done'),
      payments: print([5, 9]),
    });
  });

  it('is nothing of a field that was not sent', () => {
    expect(Object.keys(sent)).toEqual(['status', 'payments', 'status/1', 'payments/1']);
  });
});
