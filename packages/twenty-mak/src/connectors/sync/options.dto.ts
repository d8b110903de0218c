import { z } from 'zod';

export const askOptionsSchema = z.strictObject({
  settings: z
    .looseObject({})
    .optional()
    .describe('What is not saved yet, as far as it takes to ask. Left out: what is stored.'),
  secrets: z
    .record(z.string(), z.string())
    .optional()
    .describe('Left out: those that are stored, for the address that they were given for.'),
});
export type AskOptions = z.output<typeof askOptionsSchema>;

const optionSchema = z.object({
  setting: z.string().describe('Member of the settings that may name it.'),
  value: z.string().describe('As the setting has it; numbers as text.'),
  title: z.string().describe('As people know it there.'),
});
export const optionListSchema = z.object({ items: z.array(optionSchema), next: z.null() });
