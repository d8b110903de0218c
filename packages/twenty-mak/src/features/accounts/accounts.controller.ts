import {
  Body,
  Controller,
  Get,
  HttpCode,
  Inject,
  Param,
  Patch,
  Post,
  Query,
  Req,
} from '@nestjs/common';
import {
  ApiBody,
  ApiCreatedResponse,
  ApiOkResponse,
  ApiOperation,
  ApiParam,
  ApiQuery,
  ApiTags,
} from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import {
  Authenticator,
  CurrentPrincipal,
  Public,
  RequireScope,
} from '../../platform/auth/index.ts';
import type { Principal } from '../../platform/auth/index.ts';
import { openApiSchema, parse, uuidField } from '../../platform/validation/index.ts';
import type { Page } from '../../platform/validation/index.ts';
import {
  acceptInvitationSchema,
  accountPageSchema,
  accountSchema,
  editAccountSchema,
  inviteAccountSchema,
  invitedAccountSchema,
  listAccountsSchema,
} from './accounts.dto.ts';
import type { AccountView, InvitedAccount } from './accounts.dto.ts';
import { AccountsService } from './accounts.service.ts';
import { InvitationsService } from './invitations.service.ts';

const ID = { name: 'id', schema: { type: 'string', format: 'uuid' } } as const;

@ApiTags('accounts')
@Controller('v1')
export class AccountsController {
  constructor(
    @Inject(AccountsService) private readonly accounts: AccountsService,
    @Inject(InvitationsService) private readonly invitations: InvitationsService,
    @Inject(Authenticator) private readonly authenticator: Authenticator,
  ) {}

  @ApiOperation({ summary: 'Invite a person; hand over the token of the answer' })
  @ApiBody({ schema: openApiSchema(inviteAccountSchema) })
  @ApiCreatedResponse({ schema: openApiSchema(invitedAccountSchema, 'output') })
  @RequireScope('accounts:manage')
  @Post('accounts')
  invite(@CurrentPrincipal() principal: Principal, @Body() body: unknown): Promise<InvitedAccount> {
    return this.invitations.invite(principal, parse(inviteAccountSchema, body));
  }

  @ApiOperation({ summary: 'A new invitation in place of a lost one' })
  @ApiParam(ID)
  @ApiCreatedResponse({ schema: openApiSchema(invitedAccountSchema, 'output') })
  @RequireScope('accounts:manage')
  @Post('accounts/:id/invitation')
  renew(
    @CurrentPrincipal() principal: Principal,
    @Param('id') id: string,
  ): Promise<InvitedAccount> {
    return this.invitations.renew(principal, parse(uuidField, id));
  }

  @ApiOperation({ summary: 'Accept an invitation: with a password, or signed in' })
  @ApiBody({ schema: openApiSchema(acceptInvitationSchema) })
  @ApiOkResponse({ schema: openApiSchema(accountSchema, 'output') })
  @Public()
  @HttpCode(200)
  @Post('invitations/accept')
  async accept(@Req() request: FastifyRequest, @Body() body: unknown): Promise<AccountView> {
    const input = parse(acceptInvitationSchema, body);
    return this.invitations.accept(input, await this.authenticator.signedIn(request));
  }

  @ApiOperation({ summary: 'Accounts by name' })
  @ApiQuery({ name: 'limit', required: false, schema: { type: 'integer', maximum: 200 } })
  @ApiQuery({ name: 'cursor', required: false, schema: { type: 'string' } })
  @ApiQuery({ name: 'role', required: false, schema: { type: 'string' } })
  @ApiQuery({ name: 'status', required: false, schema: { type: 'string' } })
  @ApiOkResponse({ schema: openApiSchema(accountPageSchema, 'output') })
  @RequireScope('deals:read')
  @Get('accounts')
  list(
    @CurrentPrincipal() principal: Principal,
    @Query() query: unknown,
  ): Promise<Page<AccountView>> {
    return this.accounts.list(principal, parse(listAccountsSchema, query));
  }

  @ApiOperation({ summary: 'One account' })
  @ApiParam(ID)
  @ApiOkResponse({ schema: openApiSchema(accountSchema, 'output') })
  @RequireScope('deals:read')
  @Get('accounts/:id')
  read(@CurrentPrincipal() principal: Principal, @Param('id') id: string): Promise<AccountView> {
    return this.accounts.read(principal, parse(uuidField, id));
  }

  @ApiOperation({ summary: 'Change name, role, locale or status' })
  @ApiParam(ID)
  @ApiBody({ schema: openApiSchema(editAccountSchema) })
  @ApiOkResponse({ schema: openApiSchema(accountSchema, 'output') })
  @RequireScope('accounts:manage')
  @Patch('accounts/:id')
  edit(
    @CurrentPrincipal() principal: Principal,
    @Param('id') id: string,
    @Body() body: unknown,
  ): Promise<AccountView> {
    return this.accounts.edit(principal, parse(uuidField, id), parse(editAccountSchema, body));
  }
}
