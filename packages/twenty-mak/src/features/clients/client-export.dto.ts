import { SEPARATORS } from 'twenty-mak-domain';
import { z } from 'zod';
import { listClientsQuery } from './clients.dto.ts';

/** The filters of `GET /v1/clients`. */
export const clientExportQuery = listClientsQuery
  .omit({ sort: true, limit: true, cursor: true })
  .extend({
    format: z.enum(['csv', 'xlsx']).default('csv'),
    encoding: z.enum(['utf-8', 'windows-1251']).default('utf-8').describe('Of CSV.'),
    separator: z.enum(SEPARATORS).default(',').describe('Of CSV.'),
  });
export type ClientExportQuery = z.output<typeof clientExportQuery>;
