import { Inject } from '@nestjs/common';
import { Args, ID, Int, Mutation, Query, Resolver } from '@nestjs/graphql';
import { CurrentPrincipal, RequireScope, SignedIn } from '../../platform/auth/index.ts';
import type { Principal } from '../../platform/auth/index.ts';
import { parse, uuidField } from '../../platform/validation/index.ts';
import { listTasksSchema, reassignTaskSchema } from './tasks.dto.ts';
import { taskModel, TaskModel, TaskPageModel, TaskStatusEnum } from './tasks.model.ts';
import type { TaskStatus } from './tasks.repository.ts';
import { TasksService } from './tasks.service.ts';

@Resolver(() => TaskModel)
export class TasksResolver {
  constructor(@Inject(TasksService) private readonly tasks: TasksService) {}

  @RequireScope('deals:read')
  @Query(() => TaskPageModel, { name: 'tasks', description: 'Tasks, newest first' })
  async tasksPage(
    @CurrentPrincipal() principal: Principal,
    @Args('status', { type: () => TaskStatusEnum, nullable: true }) status?: TaskStatus,
    @Args('dealId', { type: () => ID, nullable: true }) dealId?: string,
    @Args('limit', { type: () => Int, nullable: true }) limit?: number,
    @Args('cursor', { type: () => String, nullable: true }) cursor?: string,
  ): Promise<TaskPageModel> {
    const query = {
      status: status ?? undefined,
      deal_id: dealId ?? undefined,
      limit: limit ?? undefined,
      cursor: cursor ?? undefined,
    };
    const page = await this.tasks.list(principal, parse(listTasksSchema, query));
    return { items: page.items.map(taskModel), next: page.next };
  }

  @SignedIn()
  @Mutation(() => TaskModel, { description: 'Marks a task as done' })
  async completeTask(
    @CurrentPrincipal() principal: Principal,
    @Args('id', { type: () => ID }) id: string,
    @Args('version', { type: () => Int }) version: number,
  ): Promise<TaskModel> {
    return taskModel(await this.tasks.complete(principal, parse(uuidField, id), version));
  }

  @RequireScope('sla:write')
  @Mutation(() => TaskModel, { description: 'Gives an open task to somebody else, who is told' })
  async reassignTask(
    @CurrentPrincipal() principal: Principal,
    @Args('id', { type: () => ID }) id: string,
    @Args('assigneeId', { type: () => ID }) assigneeId: string,
    @Args('version', { type: () => Int }) version: number,
  ): Promise<TaskModel> {
    const input = parse(reassignTaskSchema, { assignee_id: assigneeId, version });
    return taskModel(await this.tasks.reassign(principal, parse(uuidField, id), input));
  }
}
