import { Inject, Injectable } from '@nestjs/common';
import {
  compactTruthTable,
  KNOWN_TYPES,
  truthTable,
  verifyPipeline,
  whatIf,
} from 'twenty-mak-domain';
import type {
  CompactTruthRow,
  CompiledPipeline,
  Supposition,
  TruthPage,
  TruthRow,
  Verification,
  WhatIf,
} from 'twenty-mak-domain';
import { RefusalError } from '../../platform/errors/index.ts';
import { readDefinition } from './definition.ts';
import { newest } from './pipelines.loader.ts';
import { PipelineService } from './pipelines.service.ts';

export interface TruthTableRequest {
  readonly compact: boolean;
  readonly offset: number;
  readonly limit: number;
  readonly where?:
    | {
        readonly gates?: Supposition['gates'] | undefined;
        readonly domains?: Supposition['domains'] | undefined;
        readonly stage?: string | undefined;
      }
    | undefined;
}

export interface VerificationReport extends Verification {
  readonly truthTable: TruthPage<TruthRow | CompactTruthRow> | null;
}

/** Looks at a pipeline before it is published: findings, truth table, what-if. Nothing is saved. */
@Injectable()
export class PipelineVerifier {
  constructor(@Inject(PipelineService) private readonly pipelines: PipelineService) {}

  /** `raw` is a definition that is not saved yet; without it the draft or the current version is looked at. */
  async verify(
    tenantId: string,
    key: string,
    raw: unknown,
    table: TruthTableRequest | undefined,
  ): Promise<VerificationReport> {
    const pipeline = await this.compiled(tenantId, key, raw);
    return {
      ...verifyPipeline(pipeline, { knownTypes: KNOWN_TYPES }),
      truthTable: table === undefined ? null : pageOfTable(pipeline, table),
    };
  }

  async whatIf(
    tenantId: string,
    key: string,
    raw: unknown,
    supposition: Supposition,
  ): Promise<WhatIf> {
    const answer = whatIf(await this.compiled(tenantId, key, raw), supposition);
    if (!answer.ok) throw new RefusalError(answer.refusal);
    return answer.value;
  }

  private async compiled(tenantId: string, key: string, raw: unknown): Promise<CompiledPipeline> {
    const pipeline = await this.pipelines.one(tenantId, key);
    return readDefinition(raw ?? newest(pipeline)).compiled;
  }
}

function pageOfTable(
  pipeline: CompiledPipeline,
  { compact, offset, limit, where }: TruthTableRequest,
): TruthPage<TruthRow | CompactTruthRow> {
  if (where === undefined) {
    return compact
      ? compactTruthTable(pipeline, { offset, limit })
      : truthTable(pipeline, { offset, limit });
  }
  const { gates = {}, domains = {}, stage } = where;
  return truthTable(pipeline, {
    offset,
    limit,
    where: { gates, domains, ...(stage === undefined ? {} : { stage }) },
  });
}
