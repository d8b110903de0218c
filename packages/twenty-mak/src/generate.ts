import { writeFileSync } from 'node:fs';
import { generateDocuments } from './generated-documents.ts';

for (const { path, text } of await generateDocuments()) writeFileSync(path, text);
