import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RemoteFailure } from '../sync/index.ts';
import { harmlessReason, readAnswer } from './client.ts';

const answered = (status: number, body: string, retryAfter: string | null = null) =>
  ({ kind: 'answered', status, body, retryAfter }) as const;
const read = (status: number, body: object | string, path = '/order') =>
  readAnswer(answered(status, typeof body === 'string' ? body : JSON.stringify(body)), path);

/** The failure that an answer is. */
function failure(run: () => unknown): RemoteFailure {
  try {
    run();
  } catch (error) {
    if (error instanceof RemoteFailure) return error;
  }
  throw new Error('It is none.');
}

describe('an answer of KeyCRM', () => {
  it.each([200, 201, 202])('with the status %i is what was asked for', (status) => {
    expect(read(status, { id: 1 })).toEqual({ kind: 'data', data: { id: 1 } });
  });

  it('may be empty', () => {
    expect(read(204, '')).toEqual({ kind: 'data', data: null });
  });

  it('says that there is no such record', () => {
    expect(read(404, { message: 'Not found' })).toEqual({ kind: 'missing' });
  });

  it.each([
    [
      'of Laravel',
      422,
      { message: 'The given data was invalid.', errors: { source_id: ['The source is wrong.'] } },
      { reason: 'The source is wrong.', field: 'source_id' },
    ],
    ['with a list', 422, { errors: ['First.', 'Second.'] }, { reason: 'First.', field: null }],
    ['with one word', 422, { error: 'No.' }, { reason: 'No.', field: null }],
    [
      'of a feature that is off',
      400,
      { message: 'Leads are not enabled' },
      { reason: 'Leads are not enabled', field: null },
    ],
    [
      'of an import',
      400,
      { status: false },
      { reason: 'KeyCRM refused it with the status 400.', field: null },
    ],
    [
      'in a form that nobody knows',
      422,
      { errors: { deep: { er: 1 } } },
      { reason: 'KeyCRM refused it with the status 422.', field: null },
    ],
  ])('is a refusal %s', (_title, status, body, expected) => {
    expect(read(status, body)).toEqual({
      kind: 'refused',
      refusal: { code: 'refused_by_keycrm', ...expected },
    });
  });

  it('with the status 403 speaks of what was sent only for cards', () => {
    expect(read(403, { message: 'Wrong.' }, '/pipelines/cards')).toMatchObject({ kind: 'refused' });
    expect(failure(() => read(403, { message: 'Wrong.' }))).toMatchObject({ kind: 'blocked' });
  });

  it('says that leads are off, of whatever is asked of them, and nothing else of other calls', () => {
    const off = { message: 'Leads are not enabled' };
    const path = '/pipelines/1/statuses';
    expect(failure(() => read(400, off, path))).toMatchObject({ kind: 'absent', wait: 300_000 });
    expect(read(400, { message: 'Invalid range.' }, path)).toMatchObject({ kind: 'refused' });
  });

  it('asks to wait, for as long as it says', () => {
    const asked = (retryAfter: string | null) =>
      failure(() => readAnswer(answered(429, '<html>', retryAfter), '/order'));
    expect(asked('17')).toMatchObject({ kind: 'rate_limited', wait: 17_000 });
    expect(asked(null)).toMatchObject({ kind: 'rate_limited', wait: null });
    expect(asked('soon')).toMatchObject({ kind: 'rate_limited', wait: null });
  });

  it('is none when a key is wrong, and the connector stops', () => {
    expect(failure(() => read(401, { message: 'Unauthenticated.' }))).toMatchObject({
      kind: 'blocked',
    });
  });

  it.each([
    [200, '<!DOCTYPE html><title>Sign in</title>'],
    [200, '{"id": 12'],
    [200, '"text"'],
    [200, ''],
    [302, '{"message":"Redirecting"}'],
    [404, '<h1>nginx</h1>'],
    [502, 'Bad Gateway'],
  ])('is none with the status %i and the body %s, and is tried again', (status, body) => {
    expect(failure(() => read(status, body))).toMatchObject({ kind: 'unavailable' });
  });

  it('is none when nobody answers', () => {
    const failed = (code: string) =>
      failure(() => readAnswer({ kind: 'failed', code, reason: 'No.' }, '/order'));
    expect(failed('timeout')).toMatchObject({ kind: 'unavailable' });
    expect(failed('address_not_allowed')).toMatchObject({ kind: 'blocked' });
  });

  it("that repeats what it was sent is kept without what is a person's", () => {
    const buyer = { full_name: 'Anna Koval', email: ['Anna@example.com'], phone: '+380671112233' };
    const body = { buyer, buyer_comment: 'Ring (twice)', products: [{ sku: 'TSH' }] };
    const kept = (reason: string, path = '/order', field: string | null = null) =>
      harmlessReason({ reason, field }, path, body);
    expect(kept('ANNA KOVAL, anna@example.com and TSH are not valid.')).toBe(
      '•••, ••• and TSH are not valid.',
    );
    for (const number of ['+380671112233', '380671112233', '38 (067) 111-22-33', '0671112233'])
      expect(kept(`The number ${number} is wrong.`)).toMatch(
        /^The number [\s\d(]*••• is wrong\.$/u,
      );
    expect(kept('What is "ring (twice)"?')).toBe('What is "•••"?');
    expect(kept('An order of Al.')).toBe('An order of Al.');
    expect(kept('Koval, A. is taken.', '/buyer/7', 'full_name')).toBe(
      'KeyCRM does not take this full_name.',
    );
    expect(kept('Koval, A. is taken.', '/buyer')).toBe('KeyCRM does not take these values.');
    expect(kept('Koval, A. is taken.', '/order', 'buyer.full_name')).not.toContain('Koval');
    expect(harmlessReason({ reason: 'No.', field: null }, '/order', undefined)).toBe('No.');
  });

  it('is read or is a failure of a known kind, whatever it is', () => {
    const outcome = (status: number, body: string): string => {
      try {
        return readAnswer(answered(status, body), '/order').kind;
      } catch (error) {
        return error instanceof RemoteFailure ? 'failure' : `defect ${String(error)}`;
      }
    };
    const body = fc.oneof(fc.string(), fc.json());
    fc.assert(
      fc.property(fc.integer({ min: 200, max: 599 }), body, (status, text) => {
        expect(['data', 'missing', 'refused', 'failure']).toContain(outcome(status, text));
      }),
    );
  });
});
