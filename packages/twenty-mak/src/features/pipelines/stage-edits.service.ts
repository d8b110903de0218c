import { Inject, Injectable } from '@nestjs/common';
import { addStage, deleteStage, renameStage, reorderStages } from 'twenty-mak-domain';
import type { Decision, PipelineDefinition, StageDefinition } from 'twenty-mak-domain';
import type { z } from 'zod';
import type { Principal } from '../../platform/auth/index.ts';
import { RefusalError } from '../../platform/errors/index.ts';
import type {
  addStageBody,
  deleteStageBody,
  renameStageBody,
  reorderStagesBody,
} from './pipelines.dto.ts';
import type { PipelineWithDefinition } from './pipelines.loader.ts';
import { PipelineService } from './pipelines.service.ts';

type Edit = (definition: PipelineDefinition) => Decision<PipelineDefinition>;

/** Edits of single stages. Each changes the draft, which is made from the current version when there is none. */
@Injectable()
export class StageEditsService {
  constructor(@Inject(PipelineService) private readonly pipelines: PipelineService) {}

  add(
    principal: Principal,
    key: string,
    { version, stage, at, when }: z.output<typeof addStageBody>,
  ): Promise<PipelineWithDefinition> {
    // The whole definition is read after the edit, so an ill-formed stage is refused there.
    const added = {
      stage: stage as unknown as StageDefinition,
      when,
      ...(at === undefined ? {} : { at }),
    };
    return this.edit(principal, key, version, (definition) => addStage(definition, added));
  }

  rename(
    principal: Principal,
    pipeline: string,
    stage: string,
    { version, key, title }: z.output<typeof renameStageBody>,
  ): Promise<PipelineWithDefinition> {
    const change = {
      ...(key === undefined ? {} : { key }),
      ...(title === undefined ? {} : { title }),
    };
    return this.edit(principal, pipeline, version, (definition) =>
      renameStage(definition, stage, change),
    );
  }

  reorder(
    principal: Principal,
    key: string,
    { version, order }: z.output<typeof reorderStagesBody>,
  ): Promise<PipelineWithDefinition> {
    return this.edit(principal, key, version, (definition) => reorderStages(definition, order));
  }

  delete(
    principal: Principal,
    key: string,
    stage: string,
    { version, target }: z.output<typeof deleteStageBody>,
  ): Promise<PipelineWithDefinition> {
    return this.edit(principal, key, version, (definition) =>
      deleteStage(definition, stage, target),
    );
  }

  private edit(
    principal: Principal,
    key: string,
    version: number,
    edit: Edit,
  ): Promise<PipelineWithDefinition> {
    const unwrapped = (definition: PipelineDefinition): PipelineDefinition => {
      const edited = edit(definition);
      if (!edited.ok) throw new RefusalError(edited.refusal);
      return edited.value;
    };
    return this.pipelines.editDraft(principal.tenantId, key, version, unwrapped, principal);
  }
}
