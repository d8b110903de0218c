import { z } from 'zod';
import { plainText } from '../../platform/validation/index.ts';
import { clientFields, ownerField } from '../deals/index.ts';

const dayField = z.iso.date({ error: 'must be a date, e.g. 2026-03-01' });

export const dashboardQuery = z
  .strictObject({
    pipeline: plainText(64).optional(),
    from: dayField.optional(),
    to: dayField.optional(),
    owner: ownerField.optional(),
    ...clientFields,
  })
  .refine(({ from, to }) => from === undefined || to === undefined || from <= to, {
    error: 'must not be later than `to`',
    path: ['from'],
  });
export type DashboardRequest = z.output<typeof dashboardQuery>;
