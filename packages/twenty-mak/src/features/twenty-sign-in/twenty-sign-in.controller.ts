import {
  Body,
  Controller,
  Delete,
  Get,
  Header,
  HttpCode,
  Inject,
  Param,
  Post,
  Put,
  Query,
  Req,
} from '@nestjs/common';
import {
  ApiBody,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiParam,
  ApiQuery,
  ApiTags,
} from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { CurrentPrincipal, GuessLimits, Public, RequireScope } from '../../platform/auth/index.ts';
import type { Principal } from '../../platform/auth/index.ts';
import { notFound } from '../../platform/errors/index.ts';
import { NotIdempotent } from '../../platform/idempotency/index.ts';
import { openApiSchema, parse, uuidField } from '../../platform/validation/index.ts';
import type { Page } from '../../platform/validation/index.ts';
import {
  boundUserPageSchema,
  listUsersSchema,
  setWorkspaceSchema,
  startedSchema,
  workspaceSchema,
} from './twenty-sign-in.dto.ts';
import type { BoundUserView, Started, WorkspaceView } from './twenty-sign-in.dto.ts';
import { TwentySignInService } from './twenty-sign-in.service.ts';
import { TwentyWorkspaceService } from './twenty-workspace.service.ts';

@ApiTags('twenty')
@Controller('v1/twenty')
export class TwentySignInController {
  constructor(
    @Inject(TwentySignInService) private readonly signIn: TwentySignInService,
    @Inject(TwentyWorkspaceService) private readonly workspaces: TwentyWorkspaceService,
    @Inject(GuessLimits) private readonly limits: GuessLimits,
  ) {}

  @ApiOperation({
    summary: 'A one-time code for an embedded page, for the access token of an application',
    description: "The bearer token is twenty's, not one of ours. See docs/twenty.md.",
  })
  @ApiParam({ name: 'tenant', schema: { type: 'string' }, description: 'Key of the tenant' })
  @ApiOkResponse({ schema: openApiSchema(startedSchema, 'output') })
  @Public()
  @NotIdempotent()
  @Header('cache-control', 'no-store')
  @HttpCode(200)
  @Post(':tenant/session')
  async start(@Req() request: FastifyRequest, @Param('tenant') tenant: string): Promise<Started> {
    await this.limits.limitForeignToken(request);
    return this.signIn.start(tenant, request.headers.authorization);
  }

  @ApiOperation({ summary: 'Which twenty people may sign in from' })
  @ApiOkResponse({ schema: openApiSchema(workspaceSchema, 'output') })
  @RequireScope('tenant:manage')
  @Get('workspace')
  async read(@CurrentPrincipal() principal: Principal): Promise<WorkspaceView> {
    const view = await this.workspaces.read(principal);
    if (view === null) throw notFound('workspace of twenty');
    return view;
  }

  @ApiOperation({ summary: 'Set the twenty that people may sign in from, or turn it off' })
  @ApiBody({ schema: openApiSchema(setWorkspaceSchema) })
  @ApiOkResponse({ schema: openApiSchema(workspaceSchema, 'output') })
  @RequireScope('tenant:manage')
  @Put('workspace')
  set(@CurrentPrincipal() principal: Principal, @Body() body: unknown): Promise<WorkspaceView> {
    return this.workspaces.set(principal, parse(setWorkspaceSchema, body));
  }

  @ApiOperation({ summary: 'Accounts that users of twenty are bound to, by name' })
  @ApiQuery({ name: 'limit', required: false, schema: { type: 'integer', maximum: 200 } })
  @ApiQuery({ name: 'cursor', required: false, schema: { type: 'string' } })
  @ApiOkResponse({ schema: openApiSchema(boundUserPageSchema, 'output') })
  @RequireScope('accounts:manage')
  @Get('users')
  users(
    @CurrentPrincipal() principal: Principal,
    @Query() query: unknown,
  ): Promise<Page<BoundUserView>> {
    return this.workspaces.users(principal, parse(listUsersSchema, query));
  }

  @ApiOperation({ summary: 'Free an account for another user of twenty' })
  @ApiParam({ name: 'account_id', schema: { type: 'string', format: 'uuid' } })
  @ApiNoContentResponse()
  @RequireScope('accounts:manage')
  @HttpCode(204)
  @Delete('users/:account_id')
  release(
    @CurrentPrincipal() principal: Principal,
    @Param('account_id') accountId: string,
  ): Promise<void> {
    return this.workspaces.release(principal, parse(uuidField, accountId));
  }
}
