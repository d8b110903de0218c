import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { expect, it } from 'vitest';
import { generateDocuments } from './generated-documents.ts';

it('schema.graphql and openapi.json are those of the code; `npm run generate` writes them', async () => {
  for (const { path, text } of await generateDocuments())
    expect(readFileSync(path, 'utf8'), basename(path)).toBe(text);
}, 60_000);
