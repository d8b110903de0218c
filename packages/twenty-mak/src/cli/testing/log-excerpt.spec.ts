import { describe, expect, it } from 'vitest';
import { logExcerpt } from './log-excerpt.ts';

const many = (word: string, count: number): string[] =>
  Array.from({ length: count }, (_, index) => `${word} ${index}`);

describe('what is told of a log', () => {
  it('is its end', () => {
    expect(logExcerpt(many('line', 100).join('\n')).split('\n')).toEqual(
      many('line', 100).slice(40),
    );
  });

  it('begins with the failures, also when much was printed after them', () => {
    const log = [...many('ok', 500), '⎯⎯⎯ Failed Tests 1 ⎯⎯⎯', 'the reason', ...many('time', 100)];
    const told = logExcerpt(`${log.join('\n')}\n\n`).split('\n');
    expect(told.slice(0, 2)).toEqual(['⎯⎯⎯ Failed Tests 1 ⎯⎯⎯', 'the reason']);
    expect(told.slice(2)).toEqual(many('time', 100));
  });

  it('leaves out the middle of many failures', () => {
    const log = ['⎯⎯ Unhandled Errors ⎯⎯', ...many('error', 300), ...many('time', 60)];
    const told = logExcerpt(log.join('\n')).split('\n');
    expect(told[160]).toBe('... 141 lines ...');
    expect(told.slice(161)).toEqual(many('time', 60));
  });
});
