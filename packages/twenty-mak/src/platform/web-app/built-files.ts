import { existsSync, readdirSync } from 'node:fs';
import { join, relative } from 'node:path';

/** The files of the built web application, as paths of addresses. Empty when it has not been built. */
export function builtFiles(folder: string): ReadonlySet<string> {
  if (!existsSync(join(folder, 'index.html'))) return new Set();
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  return new Set(
    entries
      .filter((entry) => entry.isFile() && !entry.name.startsWith('.'))
      .map((entry) => `/${relative(folder, join(entry.parentPath, entry.name))}`),
  );
}
