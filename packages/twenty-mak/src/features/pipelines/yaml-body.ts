import type { FastifyAdapter } from '@nestjs/platform-fastify';
import { parseDocument } from 'yaml';
import { RefusalError } from '../../platform/errors/index.ts';

/** Largest definition, in bytes of its text. The largest that the limits of a pipeline allow is well below. */
export const DEFINITION_LIMIT = 256 * 1024;

const TYPES = ['application/yaml', 'application/x-yaml', 'text/yaml'];

/** Lets requests send YAML wherever they may send JSON. */
export function acceptYaml(adapter: FastifyAdapter): void {
  adapter
    .getInstance()
    .addContentTypeParser(
      TYPES,
      { parseAs: 'string', bodyLimit: DEFINITION_LIMIT },
      (_request, text, done) => {
        try {
          done(null, readYaml(String(text)));
        } catch (error) {
          done(error as Error, undefined);
        }
      },
    );
}

/** Reads one YAML 1.2 document into plain JSON. Throws 400 `malformed_yaml`. */
export function readYaml(text: string): unknown {
  const document = parseDocument(text, { schema: 'core', uniqueKeys: true, logLevel: 'silent' });
  const [error] = document.errors;
  if (error !== undefined) throw malformed(error.message.split('\n', 1)[0] ?? '');
  try {
    // A few aliases save typing; many make a small text into a huge value.
    return toJson(document.toJS({ maxAliasCount: 50 }));
  } catch (error) {
    throw malformed(error instanceof Error ? error.message : 'unreadable');
  }
}

/** Only what JSON can say: no dates, no cycles, no keys of other types. */
function toJson(value: unknown): unknown {
  const text = JSON.stringify(value);
  return text === undefined ? null : (JSON.parse(text) as unknown);
}

function malformed(message: string): RefusalError {
  return new RefusalError(
    { code: 'malformed_yaml', reason: `The body is not valid YAML: ${message}.` },
    400,
  );
}
