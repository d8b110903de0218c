import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';

it('loads the texts of the page that it opens, not those of another one', () => {
  const source = readFileSync(join(import.meta.dirname, 'routes.tsx'), 'utf8');
  const imports = [...source.matchAll(/import\('\.\.\/pages\/([\w-]+)\//g)].map(([, page]) => page);
  const opened = [
    ...source.matchAll(/page\(\s*'([\w-]+)',\s*\(\) =>\s*import\('\.\.\/pages\/\1\//g),
  ];
  expect(imports.length).toBeGreaterThan(20);
  expect(opened.map(([, page]) => page)).toEqual(imports);
});
