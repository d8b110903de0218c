import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { foreignLines } from './tracked-text.ts';

const checkout = resolve(import.meta.dirname, '../..');

const tracked = execFileSync('git', ['ls-files', '-z'], { cwd: checkout, encoding: 'utf8' })
  .split('\0')
  .filter((file) => file !== '' && existsSync(join(checkout, file)));

describe('tracked text', () => {
  const slash = '/';
  it.each([
    [`see ${slash}home/anna/mak`, 'a path of a machine'],
    [`"${slash}root/mak/data"`, 'a path of a machine'],
    [`cd ${slash}work/main`, 'a path of a machine'],
    [`"resolved": "https:${slash}/registry.${'npmjs'}.org/x.tgz"`, 'a package registry'],
  ])('is refused when it says %s', (line, what) => {
    expect(foreignLines(`fine\n${line}`)).toEqual([`line 2 holds ${what}`]);
  });

  it('may name relative paths, addresses of the product and folders of a container', () => {
    const text = 'src/work/item.ts\nhttp://127.0.0.1:3000/root/x\n/app/packages\n$HOME/work/x';
    expect(foreignLines(text)).toEqual([]);
  });

  it('is free of both in this repository', () => {
    expect(tracked.length).toBeGreaterThan(50);
    const found = tracked.flatMap((file) => {
      const bytes = readFileSync(join(checkout, file));
      if (bytes.includes(0)) return [];
      return foreignLines(bytes.toString('utf8')).map((line) => `${file} ${line}`);
    });
    expect(found).toEqual([]);
  });
});
