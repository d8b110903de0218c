import * as z from 'zod/mini';
import { askMak } from '../mak/graphql.ts';
import type { Operation } from '../mak/graphql.ts';

const gateSchema = z.object({
  gate: z.string(),
  title: z.string(),
  status: z.boolean(),
  missing: z.boolean(),
  decidedBy: z.nullable(z.object({ source: z.string(), occurredAt: z.string() })),
});
const runSchema = z.object({
  timer: z.string(),
  title: z.nullable(z.string()),
  status: z.string(),
  openedAt: z.string(),
  dueAt: z.string(),
  closedAt: z.nullable(z.string()),
  acknowledgedAt: z.nullable(z.string()),
});
const lineSchema = z.object({
  key: z.string(),
  kind: z.string(),
  at: z.string(),
  detail: z.record(z.string(), z.unknown()),
});
const dealSchema = z.object({
  id: z.string(),
  name: z.nullable(z.string()),
  pipeline: z.string(),
  pipelineVersion: z.number(),
  stage: z.string(),
  stageStartedAt: z.string(),
  businessStage: z.nullable(z.string()),
  outcome: z.nullable(z.string()),
  gates: z.array(gateSchema),
  slaRuns: z.array(runSchema),
  timeline: z.object({ nodes: z.array(lineSchema) }),
});
export type Gate = z.infer<typeof gateSchema>;
export type Run = z.infer<typeof runSchema>;
export type Line = z.infer<typeof lineSchema>;
type Deal = z.infer<typeof dealSchema>;

const DEAL: Operation<{ deal: Deal }> = {
  text: `query Progress($id: ID!) {
    deal(id: $id) {
      id name pipeline pipelineVersion stage stageStartedAt businessStage outcome
      gates { gate title status missing decidedBy { source occurredAt } }
      slaRuns { timer title status openedAt dueAt closedAt acknowledgedAt }
      timeline(first: 20) { nodes { key kind at detail } }
    }
  }`,
  data: z.object({ deal: dealSchema }),
};

const titledSchema = z.array(z.object({ key: z.string(), title: z.string() }));
const definitionSchema = z.object({ stages: titledSchema, endings: z.optional(titledSchema) });

const DEFINITION: Operation<{ pipelineVersion: { definition: z.infer<typeof definitionSchema> } }> =
  {
    text: 'query Definition($key: String!, $version: Int!) { pipelineVersion(key: $key, version: $version) { definition } }',
    data: z.object({ pipelineVersion: z.object({ definition: definitionSchema }) }),
  };

export interface Step {
  readonly key: string;
  readonly title: string;
  readonly state: 'passed' | 'current' | 'ahead' | 'ended';
}

export interface DealProgress extends Deal {
  /** Stages in their rank, and the ending when the deal has come to one. */
  readonly path: readonly Step[];
}

type Definition = z.infer<typeof definitionSchema>;

function pathOf({ stages, endings = [] }: Definition, stage: string): readonly Step[] {
  const rank = stages.findIndex(({ key }) => key === stage);
  const steps = stages.map(({ key, title }, index): Step => ({
    key,
    title,
    state: rank === -1 || index > rank ? 'ahead' : index < rank ? 'passed' : 'current',
  }));
  if (rank !== -1) return steps;
  const title = endings.find(({ key }) => key === stage)?.title ?? stage;
  return [...steps, { key: stage, title, state: 'ended' }];
}

/** Versions of pipelines never change, so each is read once. */
const definitions = new Map<string, Promise<Definition>>();

async function definitionOf(key: string, version: number): Promise<Definition> {
  const id = `${key} ${version}`;
  const known = definitions.get(id);
  if (known !== undefined) return known;
  const asked = askMak(DEFINITION, { key, version }).then(
    ({ pipelineVersion }) => pipelineVersion.definition,
  );
  definitions.set(id, asked);
  asked.catch(() => definitions.delete(id));
  return asked;
}

/** Where a deal stands, for one screen. */
export async function progressOf(dealId: string): Promise<DealProgress> {
  const { deal } = await askMak(DEAL, { id: dealId });
  const definition = await definitionOf(deal.pipeline, deal.pipelineVersion);
  return { ...deal, path: pathOf(definition, deal.stage) };
}
