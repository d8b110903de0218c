import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { canonicalJsonSchemas } from './canonical-schemas.ts';
import { EVENT_TYPES } from './envelope.ts';

const folder = resolve(import.meta.dirname, '../../../schemas/events');
const schemas = canonicalJsonSchemas();
const textOf = (schema: object): string => `${JSON.stringify(schema, null, 2)}\n`;

/** `MAK_GENERATE=1 npx vitest run canonical-schemas` writes the files anew. */
// oxlint-disable-next-line node/no-process-env -- a switch of the test run, not configuration of the server
if (process.env['MAK_GENERATE'] === '1') {
  mkdirSync(folder, { recursive: true });
  for (const [name, schema] of schemas) writeFileSync(join(folder, name), textOf(schema));
}

describe('the JSON Schemas of canonical events', () => {
  it('are one file a type', () => {
    expect(readdirSync(folder).toSorted()).toEqual(
      EVENT_TYPES.map((type) => `${type}.json`).toSorted(),
    );
  });

  it.each([...schemas])('%s is what the code says', (name, schema) => {
    expect(JSON.parse(readFileSync(join(folder, name), 'utf8'))).toEqual(
      JSON.parse(textOf(schema)),
    );
  });
});
