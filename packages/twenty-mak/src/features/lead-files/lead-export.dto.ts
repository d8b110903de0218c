import { SEPARATORS } from 'twenty-mak-domain';
import { z } from 'zod';
import { listLeadsQuery } from '../leads/index.ts';

/** The filters of `GET /v1/leads`. */
export const leadExportQuery = listLeadsQuery
  .omit({ sort: true, limit: true, cursor: true, contacts: true })
  .extend({
    format: z.enum(['csv', 'xlsx']).default('csv'),
    encoding: z.enum(['utf-8', 'windows-1251']).default('utf-8').describe('Of CSV.'),
    separator: z.enum(SEPARATORS).default(',').describe('Of CSV.'),
  });
export type LeadExportQuery = z.output<typeof leadExportQuery>;
