import { Body, Controller, Get, HttpCode, Inject, Param, Post, Query } from '@nestjs/common';
import { ApiBody, ApiOkResponse, ApiOperation, ApiParam, ApiQuery, ApiTags } from '@nestjs/swagger';
import { CurrentPrincipal, RequireScope, SignedIn } from '../../platform/auth/index.ts';
import type { Principal } from '../../platform/auth/index.ts';
import { openApiSchema, parse, uuidField } from '../../platform/validation/index.ts';
import type { Page } from '../../platform/validation/index.ts';
import {
  completeTaskSchema,
  listTasksSchema,
  reassignTaskSchema,
  taskPageSchema,
  taskSchema,
} from './tasks.dto.ts';
import type { TaskView } from './tasks.dto.ts';
import { TASK_STATUSES } from './tasks.repository.ts';
import { TasksService } from './tasks.service.ts';

@ApiTags('tasks')
@Controller('v1/tasks')
export class TasksController {
  constructor(@Inject(TasksService) private readonly tasks: TasksService) {}

  @ApiOperation({ summary: 'Tasks, newest first: own ones for people, all for admins and clients' })
  @ApiQuery({ name: 'status', required: false, enum: TASK_STATUSES })
  @ApiQuery({ name: 'deal_id', required: false, schema: { type: 'string', format: 'uuid' } })
  @ApiQuery({ name: 'limit', required: false, schema: { type: 'integer', maximum: 200 } })
  @ApiQuery({ name: 'cursor', required: false, schema: { type: 'string' } })
  @ApiOkResponse({ schema: openApiSchema(taskPageSchema, 'output') })
  @RequireScope('deals:read')
  @Get()
  list(@CurrentPrincipal() principal: Principal, @Query() query: unknown): Promise<Page<TaskView>> {
    return this.tasks.list(principal, parse(listTasksSchema, query));
  }

  @ApiOperation({ summary: 'Mark a task as done' })
  @ApiParam({ name: 'id', schema: { type: 'string', format: 'uuid' } })
  @ApiBody({ schema: openApiSchema(completeTaskSchema) })
  @ApiOkResponse({ schema: openApiSchema(taskSchema, 'output') })
  @SignedIn()
  @HttpCode(200)
  @Post(':id/done')
  complete(
    @CurrentPrincipal() principal: Principal,
    @Param('id') id: string,
    @Body() body: unknown,
  ): Promise<TaskView> {
    const { version } = parse(completeTaskSchema, body);
    return this.tasks.complete(principal, parse(uuidField, id), version);
  }

  @ApiOperation({ summary: 'Give an open task to somebody else' })
  @ApiParam({ name: 'id', schema: { type: 'string', format: 'uuid' } })
  @ApiBody({ schema: openApiSchema(reassignTaskSchema) })
  @ApiOkResponse({ schema: openApiSchema(taskSchema, 'output') })
  @RequireScope('sla:write')
  @HttpCode(200)
  @Post(':id/reassign')
  reassign(
    @CurrentPrincipal() principal: Principal,
    @Param('id') id: string,
    @Body() body: unknown,
  ): Promise<TaskView> {
    const input = parse(reassignTaskSchema, body);
    return this.tasks.reassign(principal, parse(uuidField, id), input);
  }
}
