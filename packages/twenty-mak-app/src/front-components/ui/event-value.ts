import * as z from 'zod/mini';

/** twenty hands events over in one of these shapes. */
const eventSchema = z.union([
  z.object({ detail: z.object({ value: z.string() }) }),
  z.object({ value: z.string() }),
  z.object({ target: z.object({ value: z.string() }) }),
]);

/** What a person typed or chose; null for events that tell no value. */
export function eventValue(event: unknown): string | null {
  const read = eventSchema.safeParse(event);
  if (!read.success) return null;
  if ('detail' in read.data) return read.data.detail.value;
  return 'value' in read.data ? read.data.value : read.data.target.value;
}
