import { z } from 'zod';

/** Where to begin to follow what happens. */
export const followArguments = z.strictObject({
  after: z
    .string()
    .max(100)
    .optional()
    .describe('Position of the last message that was seen; left out: from now on.'),
});
