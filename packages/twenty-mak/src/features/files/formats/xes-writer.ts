import { formatInstant } from 'twenty-mak-domain';
import type { Json, JsonObject } from 'twenty-mak-domain';
import type { EventWriter, ExportedDeal, ExportedEvent } from './exported-event.ts';

const HEAD = `<?xml version="1.0" encoding="UTF-8"?>
<log xes.version="1.0" xes.features="nested-attributes" xmlns="http://www.xes-standard.org/">
<extension name="Concept" prefix="concept" uri="http://www.xes-standard.org/concept.xesext"/>
<extension name="Time" prefix="time" uri="http://www.xes-standard.org/time.xesext"/>
<extension name="Lifecycle" prefix="lifecycle" uri="http://www.xes-standard.org/lifecycle.xesext"/>
<extension name="Organizational" prefix="org" uri="http://www.xes-standard.org/org.xesext"/>
<global scope="trace">
<string key="concept:name" value="UNKNOWN"/>
</global>
<global scope="event">
<string key="concept:name" value="UNKNOWN"/>
<date key="time:timestamp" value="1970-01-01T00:00:00.000Z"/>
</global>
<classifier name="Activity" keys="concept:name"/>
`;

/** XES 1.0: a trace a deal, named by its id. Data of events become typed attributes. */
export function xesWriter(): EventWriter {
  return {
    contentType: 'application/xml; charset=utf-8',
    begin: () => HEAD,
    beginDeal: (deal) => `<trace>\n${traceAttributes(deal)}`,
    event: (_deal, event) => eventElement(event),
    endDeal: () => '</trace>\n',
    end: () => '</log>\n',
  };
}

function traceAttributes(deal: ExportedDeal): string {
  const { id, name, pipeline, stage, outcome, amount, currency } = deal;
  return attributes({
    'concept:name': id,
    'mak:name': name,
    'mak:pipeline': pipeline,
    'mak:stage': stage,
    'mak:outcome': outcome,
    'mak:amount': amount,
    'mak:currency': currency,
  });
}

function eventElement({ type, occurredAt, source, eventId, data }: ExportedEvent): string {
  const {
    'concept:name': _name,
    'time:timestamp': _time,
    'mak:source': _source,
    'mak:event_id': _id,
    ...rest
  } = data;
  return `<event>
<string key="concept:name" value="${escape(type)}"/>
<date key="time:timestamp" value="${formatInstant(occurredAt)}"/>
${attributes(rest)}${attributes({ 'mak:source': source, 'mak:event_id': eventId })}</event>
`;
}

function attributes(values: JsonObject): string {
  return Object.entries(values)
    .map(([key, value]) => attribute(key, value))
    .join('');
}

/** One attribute; null has no counterpart in XES and is left out. */
function attribute(key: string, value: Json): string {
  if (value === null) return '';
  const name = escape(key);
  if (typeof value === 'boolean') return `<boolean key="${name}" value="${value}"/>\n`;
  if (typeof value === 'number') {
    return `<${Number.isSafeInteger(value) ? 'int' : 'float'} key="${name}" value="${value}"/>\n`;
  }
  // The standard of resources and lifecycles asks for texts, also where they look like numbers.
  if (typeof value === 'string') return `<string key="${name}" value="${escape(value)}"/>\n`;
  if (Array.isArray(value)) {
    const items = value.map((item: Json) => attribute('item', item)).join('');
    return `<list key="${name}">\n<values>\n${items}</values>\n</list>\n`;
  }
  return `<container key="${name}">\n${attributes(value as JsonObject)}</container>\n`;
}

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\t': '&#9;',
  '\n': '&#10;',
  '\r': '&#13;',
};

/** Text for an attribute of XML 1.0; characters that XML cannot have become U+FFFD. */
function escape(text: string): string {
  return text
    .toWellFormed()
    .replaceAll(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '\ufffd')
    .replaceAll(/[&<>"\t\n\r]/g, (character) => ESCAPES[character] ?? character);
}
