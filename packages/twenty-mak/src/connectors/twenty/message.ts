import { z } from 'zod';
import type { TwentyEntity } from './entities.ts';
import { entityAttachedBy, entityOfObject } from './entities.ts';

const messageSchema = z.object({
  objectMetadata: z.object({ nameSingular: z.string() }),
  workspaceMemberId: z.string().nullish(),
  record: z.object({
    id: z.uuid(),
    /** What an attachment attaches. */
    taskId: z.uuid().nullish(),
    noteId: z.uuid().nullish(),
    makId: z.string().nullish(),
    updatedAt: z.string().optional(),
    deletedAt: z.string().nullish(),
  }),
  updatedFields: z.array(z.string()).optional(),
});

type Message = z.output<typeof messageSchema>;

/** What a message says of a record of ours. */
export interface Told {
  readonly entity: TwentyEntity;
  readonly urgency: 'person' | 'system';
  readonly remoteId: string;
  readonly localId: string | null;
  /** In MaK's terms; none means that any may have changed. */
  readonly fields: readonly string[];
  readonly version?: string;
}

/** Null for a message that says nothing of records of ours, whatever it is. */
export function readMessage(body: string): Told | null {
  const message = messageSchema.safeParse(parseJson(body)).data;
  const singular = message?.objectMetadata.nameSingular ?? '';
  const entity = entityOfObject(singular);
  if (message === undefined) return null;
  if (entity === undefined) return readAttachment(singular, message);
  if (isStranger(message, entity)) return null;
  const { record, updatedFields, workspaceMemberId } = message;
  return {
    entity,
    urgency: workspaceMemberId == null ? 'system' : 'person',
    remoteId: record.id,
    localId: record.makId || null,
    fields: record.deletedAt == null ? fieldsOf(entity, updatedFields ?? []) : [],
    ...(record.updatedAt === undefined ? {} : { version: record.updatedAt }),
  };
}

/**
 * A message as it is kept until it is read: with what is read of it and nothing else, so without any text that people wrote.
 * Not at all of companies and people whom MaK does not know, and when there is nothing to read.
 */
export function messageToKeep(body: string): string | null {
  const message = messageSchema.safeParse(parseJson(body)).data;
  if (message === undefined) return null;
  const entity = entityOfObject(message.objectMetadata.nameSingular);
  return entity !== undefined && isStranger(message, entity) ? null : JSON.stringify(message);
}

/** A company or person whom MaK does not know. */
function isStranger({ record }: Message, { whenNamed }: TwentyEntity): boolean {
  return whenNamed === true && !record.makId;
}

/** A task or note that was put on a deal, or taken away from one, has not changed itself. */
function readAttachment(
  singular: string,
  { record, workspaceMemberId }: z.output<typeof messageSchema>,
): Told | null {
  const entity = entityAttachedBy(singular);
  const remoteId = entity?.attached?.owner === 'note' ? record.noteId : record.taskId;
  if (entity === undefined || remoteId == null) return null;
  return {
    entity,
    urgency: workspaceMemberId == null ? 'system' : 'person',
    remoteId,
    localId: null,
    fields: [],
  };
}

/** twenty names a relation that changed by the column of its id. */
function fieldsOf({ fields }: TwentyEntity, changed: readonly string[]): readonly string[] {
  return fields
    .filter(({ name }) => changed.includes(name) || changed.includes(`${name}Id`))
    .map(({ field }) => field);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
