import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';

const checkout = resolve(import.meta.dirname, '../..');

interface Manifest {
  readonly name: string;
  readonly version?: string;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
}

const manifests = readdirSync(join(checkout, 'packages')).map((folder) => {
  const text = readFileSync(join(checkout, 'packages', folder, 'package.json'), 'utf8');
  return { folder, manifest: JSON.parse(text) as Manifest };
});
const lock = JSON.parse(readFileSync(join(checkout, 'package-lock.json'), 'utf8')) as {
  readonly packages: Readonly<Record<string, Manifest>>;
};

/** Packages of this repository that a package asks for. */
function own({ dependencies, devDependencies }: Manifest): [name: string, version: string][] {
  const names = new Set(manifests.map(({ manifest }) => manifest.name));
  return Object.entries({ ...dependencies, ...devDependencies }).filter(([name]) =>
    names.has(name),
  );
}

describe('packages of this repository', () => {
  // Of another version npm asks the world for one, and a fresh checkout cannot be installed.
  it('ask for each other in the version that is here', () => {
    const versions = new Map(
      manifests.map(({ manifest: { name, version } }) => [name, version ?? '']),
    );
    const asked = manifests.flatMap(({ manifest }) => own(manifest));
    expect(asked.length).toBeGreaterThan(0);
    expect(asked).toEqual(asked.map(([name]) => [name, versions.get(name)]));
  });

  it.each(manifests)('stand in the lock file as they are: $folder', ({ folder, manifest }) => {
    const locked = lock.packages[`packages/${folder}`];
    expect(locked?.version).toBe(manifest.version);
    expect(locked === undefined ? [] : own(locked)).toEqual(own(manifest));
  });
});
