import { globSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';

/**
 * Puts a `.br` and a `.gz` beside every text of the built application, so that the server compresses nothing while
 * somebody waits. The folder is the first argument, else `dist`.
 */
const folder = resolve(import.meta.dirname, process.argv[2] ?? 'dist');
/** Smaller files fit into one packet anyway. */
const LEAST = 1_024;

for (const file of globSync('**/*.{js,css,html,svg,webmanifest}', { cwd: folder })) {
  const path = join(folder, file);
  const { size } = statSync(path);
  if (size < LEAST) continue;
  const content = readFileSync(path);
  const hints = { [constants.BROTLI_PARAM_SIZE_HINT]: size };
  writeFileSync(`${path}.br`, brotliCompressSync(content, { params: hints }));
  writeFileSync(`${path}.gz`, gzipSync(content, { level: 9 }));
}
