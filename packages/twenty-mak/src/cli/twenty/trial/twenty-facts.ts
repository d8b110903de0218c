import { z } from 'zod';
import { contactOf, instant } from './facts.ts';
import type { DealFacts, RunFacts } from './facts.ts';

const makIdSchema = z.object({ makId: z.string().nullish() }).nullish();
const personSchema = z
  .object({
    name: z.object({ firstName: z.string().nullish(), lastName: z.string().nullish() }).nullish(),
    jobTitle: z.string().nullish(),
  })
  .nullish();
export const dealSchema = z.object({
  id: z.string(),
  makId: z.string().nullish(),
  name: z.string().nullish(),
  amount: z
    .object({ amountMicros: z.number().nullish(), currencyCode: z.string().nullish() })
    .nullish(),
  owner: z.object({ userEmail: z.string().nullish() }).nullish(),
  pointOfContact: personSchema,
  opportunity: z.object({ id: z.string() }).nullish(),
  stage: makIdSchema,
  businessStage: z.string().nullish(),
  stageStartedAt: z.string().nullish(),
  gates: z.array(z.string()).nullish(),
  missingGates: z.array(z.string()).nullish(),
  slaState: z.string().nullish(),
  slaDueAt: z.string().nullish(),
  outcome: z.string().nullish(),
  closedAt: z.string().nullish(),
});
export const runSchema = z.object({
  name: z.string().nullish(),
  status: z.string().nullish(),
  openedAt: z.string().nullish(),
  dueAt: z.string().nullish(),
  closedAt: z.string().nullish(),
  masterDeal: makIdSchema,
});
export const DEAL_FIELDS = `id makId name amount { amountMicros currencyCode } owner { userEmail }
  pointOfContact { name { firstName lastName } jobTitle } opportunity { id } stage { makId } businessStage
  stageStartedAt gates missingGates slaState slaDueAt outcome closedAt`;
export const RUN_FIELDS = 'name status openedAt dueAt closedAt masterDeal { makId }';

/** What a record of a deal tells. */
export function factsOf(node: z.output<typeof dealSchema>, runs: readonly RunFacts[]): DealFacts {
  const micros = node.amount?.amountMicros ?? null;
  return {
    name: node.name ?? '',
    amount: micros === null ? null : micros / 10_000,
    currency: micros === null ? null : (node.amount?.currencyCode ?? null),
    owner: node.owner?.userEmail?.toLowerCase() ?? null,
    contact: personOf(node.pointOfContact),
    opportunity: node.opportunity?.id ?? null,
    stage: node.stage?.makId?.split(':')[1] ?? null,
    'business stage': node.businessStage ?? '',
    'stage since': instant(node.stageStartedAt),
    gates: (node.gates ?? []).toSorted().join(' '),
    'missing gates': (node.missingGates ?? []).toSorted().join(' '),
    sla: node.slaState ?? null,
    due: instant(node.slaDueAt),
    outcome: node.outcome ?? null,
    closed: instant(node.closedAt),
    runs,
  };
}

function personOf(person: z.output<typeof personSchema>): string | null {
  if (person === null || person === undefined) return null;
  const { firstName, lastName } = person.name ?? {};
  return contactOf(`${firstName ?? ''} ${lastName ?? ''}`.trim(), person.jobTitle ?? '');
}

/** What a record of a run of a clock tells. */
export function runOf(run: z.output<typeof runSchema>): RunFacts {
  return {
    name: run.name ?? '',
    status: run.status ?? '',
    opened: instant(run.openedAt),
    due: instant(run.dueAt),
    closed: instant(run.closedAt),
  };
}
