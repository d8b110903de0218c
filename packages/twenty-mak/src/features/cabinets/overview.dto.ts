import { z } from 'zod';

const count = z.number().int();
const money = z.object({ currency: z.string(), amount: count });

/** What somebody may not see is null. */
export const overviewSchema = z.object({
  leads: z
    .object({
      total: count,
      statuses: z.array(
        z.object({ status: z.string(), title: z.string(), kind: z.string(), leads: count }),
      ),
      converted: count.describe('Leads that became deals.'),
      conversion: z
        .number()
        .nullable()
        .describe('Part of the leads that became deals, 0 to 1; null without leads.'),
    })
    .nullable(),
  deals: z
    .object({
      total: count,
      stages: z.array(
        z.object({ pipeline: z.string(), stage: z.string(), title: z.string(), deals: count }),
      ),
      sums: z.array(money),
    })
    .nullable(),
  wallet: z
    .object({
      currency: z.string(),
      available: count.describe('Minor units that may be bid.'),
      held: count.describe('Minor units that stand behind leading bids.'),
    })
    .nullable(),
});
export type OverviewView = z.output<typeof overviewSchema>;
