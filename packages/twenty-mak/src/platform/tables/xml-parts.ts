import { SaxesParser } from 'saxes';
import { decode } from './decode.ts';
import { FileError } from './file-error.ts';

export type XmlAttributes = Readonly<Record<string, string>>;

/** What a reader does with elements; names come without their prefix. */
export interface XmlHandler {
  open(name: string, attributes: XmlAttributes): void;
  close(name: string): void;
  text(text: string): void;
}

/** Characters without an element: no part of a workbook is like that. */
const MAX_SILENCE = 4 * 1024 * 1024;
/** Elements within elements. */
const MAX_DEPTH = 100;

/**
 * Reads a part of a workbook, chunk by chunk; after each one the caller may take what the handler has gathered. Throws
 * FileError with `malformed_xml`, `doctype_refused` or `value_too_large`.
 */
export async function* readXml(
  bytes: AsyncIterable<Uint8Array>,
  handler: XmlHandler,
): AsyncGenerator<void> {
  const parser = new SaxesParser({ xmlns: false, position: false });
  let depth = 0;
  let seen = false;
  let silence = 0;
  parser.on('error', (error) => {
    throw new FileError('malformed_xml', `The workbook is damaged: ${error.message}.`, 'file');
  });
  parser.on('doctype', () => {
    throw new FileError(
      'doctype_refused',
      'The workbook has a document type declaration. None needs it; it is refused because entities can read other files or grow without end.',
      'file',
    );
  });
  parser.on('opentag', ({ name, attributes }) => {
    depth += 1;
    seen = true;
    if (depth > MAX_DEPTH)
      throw new FileError('malformed_xml', 'The workbook is damaged: it nests too deep.', 'file');
    handler.open(localName(name), attributes);
  });
  parser.on('closetag', ({ name }) => {
    depth -= 1;
    seen = true;
    handler.close(localName(name));
  });
  parser.on('text', (text) => handler.text(text));
  parser.on('cdata', (text) => handler.text(text));
  for await (const chunk of decode(bytes)) {
    seen = false;
    parser.write(chunk);
    silence = seen ? 0 : silence + chunk.length;
    if (silence > MAX_SILENCE)
      throw new FileError(
        'value_too_large',
        `A single value of the workbook has more than ${MAX_SILENCE} characters.`,
        'file',
      );
    yield;
  }
  parser.close();
}

/** The value of an attribute by its name without prefix. */
export function attribute(attributes: XmlAttributes, name: string): string | undefined {
  const found = attributes[name];
  if (found !== undefined) return found;
  const prefixed = Object.keys(attributes).find((key) => key.endsWith(`:${name}`));
  return prefixed === undefined ? undefined : attributes[prefixed];
}

function localName(name: string): string {
  const colon = name.indexOf(':');
  return colon === -1 ? name : name.slice(colon + 1);
}
