import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { libraryPathOf } from './debian-package.ts';

describe('libraries of an unpacked package', () => {
  let target: string;
  beforeEach(() => {
    target = mkdtempSync(join(tmpdir(), 'mak-debian-package-'));
  });
  afterEach(() => rmSync(target, { recursive: true }));

  const unpack = (file: string): void => {
    mkdirSync(dirname(join(target, file)), { recursive: true });
    writeFileSync(join(target, file), '');
  };

  it('are found beside the program, in the folder of the architecture and below it', () => {
    unpack('usr/lib/chromium/libGLESv2.so');
    unpack('usr/lib/x86_64-linux-gnu/libpulse.so.0.24.2');
    unpack('usr/lib/x86_64-linux-gnu/pulseaudio/libpulsecommon-16.1.so');
    unpack('usr/lib/x86_64-linux-gnu/perl-base/strict.pm');
    expect(libraryPathOf(target).split(':')).toEqual(
      ['chromium', 'x86_64-linux-gnu', 'x86_64-linux-gnu/pulseaudio'].map((folder) =>
        join(target, 'usr/lib', folder),
      ),
    );
  });

  it('are none of a package that brings none', () => {
    expect(libraryPathOf(target)).toBe('');
  });
});
