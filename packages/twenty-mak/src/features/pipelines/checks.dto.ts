import type { WhatIf } from 'twenty-mak-domain';
import { z } from 'zod';
import { regressionField } from './pipelines.dto.ts';
import type { VerificationReport } from './pipelines.verifier.ts';

const vector = {
  gates: z.record(z.string(), z.boolean()),
  domains: z.record(z.string(), z.string().nullable()),
};

const finding = z.object({
  severity: z.enum(['error', 'warning', 'info']),
  code: z.string(),
  reason: z.string(),
  field: z.string().optional(),
  example: z.object(vector).optional(),
});

export const verificationSchema = z.object({
  publishable: z.boolean(),
  findings: z.array(finding),
  vectors: z.int(),
  stages: z.array(z.object({ stage: z.string(), vectors: z.int() })),
  regressions: z.array(
    regressionField.extend({ vectors: z.int(), example: z.object(vector), confirmed: z.boolean() }),
  ),
  truth_table: z
    .object({
      total: z.int(),
      rows: z.array(z.object({ ...vector, stage: z.string(), vectors: z.int().optional() })),
    })
    .nullable(),
});

export type VerificationAnswer = Omit<VerificationReport, 'truthTable'> & {
  readonly truth_table: VerificationReport['truthTable'];
};

export function verificationAnswer({
  truthTable,
  ...verification
}: VerificationReport): VerificationAnswer {
  return { ...verification, truth_table: truthTable };
}

export const whatIfSchema = z.object({
  stage: z.string(),
  business_stage: z.object({ title: z.string(), responsible: z.string().nullable() }).nullable(),
  rule: z.int().nullable(),
  missing_gates: z.array(z.string()),
  changes: z.array(
    z.object({
      kind: z.enum(['gate', 'domain']),
      gate: z.string().optional(),
      system: z.string().optional(),
      value: z.union([z.boolean(), z.string()]).nullable(),
      stage: z.string(),
      events: z.array(z.string()),
    }),
  ),
});

export interface WhatIfAnswer extends Pick<WhatIf, 'stage' | 'rule' | 'changes'> {
  readonly business_stage: WhatIf['businessStage'];
  readonly missing_gates: WhatIf['missingGates'];
}

export function whatIfAnswer({ businessStage, missingGates, ...rest }: WhatIf): WhatIfAnswer {
  return { ...rest, business_stage: businessStage, missing_gates: missingGates };
}
