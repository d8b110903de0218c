import { describe, expect, it } from 'vitest';
import { CliError } from '../local/cli-error.ts';
import { readOptions } from './options.ts';
import type { RawSimulateOptions } from './options.ts';

const defaults: RawSimulateOptions = {
  deals: '300',
  seed: 'mak',
  months: '6',
  pipeline: 'adtech',
  late: '0.03',
  repeats: '0.02',
  concurrency: '4',
};

describe('options of simulate', () => {
  it('are read as numbers; without --rate there is no live part', () => {
    expect(readOptions({ ...defaults, deals: '20', for: '5' })).toMatchObject({
      deals: 20,
      months: 6,
      late: 0.03,
      rate: null,
      seconds: 5,
    });
  });

  it.each([
    ['deals', 'x'],
    ['deals', '-1'],
    ['deals', ''],
    ['months', '0'],
    ['late', '1.5'],
    ['repeats', '-0.1'],
    ['concurrency', '0'],
    ['rate', 'fast'],
    ['for', '0'],
  ])('refuse --%s %j and name it', (name, value) => {
    expect(() => readOptions({ ...defaults, [name]: value })).toThrow(
      expect.objectContaining({ message: expect.stringContaining(`--${name}`) }),
    );
  });

  it('refuse a pipeline that the simulator does not know', () => {
    expect(() => readOptions({ ...defaults, pipeline: 'credit' })).toThrow(CliError);
  });
});
