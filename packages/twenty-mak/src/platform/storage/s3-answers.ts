import { SaxesParser } from 'saxes';

/** The texts of all elements with this name, in their order. Empty for what is no XML, such as the page of a proxy. */
export function elementsOf(xml: string, name: string): readonly string[] {
  const found: string[] = [];
  let text: string | null = null;
  const parser = new SaxesParser();
  parser.on('opentag', (tag) => {
    text = tag.name === name ? '' : null;
  });
  parser.on('text', (some) => {
    if (text !== null) text += some;
  });
  parser.on('closetag', (tag) => {
    if (tag.name === name && text !== null) found.push(text);
    text = null;
  });
  try {
    parser.write(xml).close();
  } catch {
    return [];
  }
  return found;
}
