import {
  Body,
  Controller,
  Delete,
  Get,
  HttpCode,
  Inject,
  Param,
  Patch,
  Post,
  Query,
} from '@nestjs/common';
import {
  ApiBody,
  ApiCreatedResponse,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiParam,
  ApiTags,
} from '@nestjs/swagger';
import { CurrentPrincipal, RequireScope } from '../../platform/auth/index.ts';
import type { Principal } from '../../platform/auth/index.ts';
import {
  openApiSchema,
  parse,
  queryParameters,
  uuidField,
} from '../../platform/validation/index.ts';
import {
  createViewSchema,
  editViewSchema,
  listViewsSchema,
  viewSchema,
  viewsSchema,
} from './views.dto.ts';
import type { ViewAnswer } from './views.dto.ts';
import { ViewsService } from './views.service.ts';

const ID = { name: 'id', schema: { type: 'string', format: 'uuid' } } as const;

@ApiTags('views')
@RequireScope('deals:read')
@Controller('v1/views')
export class ViewsController {
  constructor(@Inject(ViewsService) private readonly views: ViewsService) {}

  @ApiOperation({ summary: 'Own and shared views, in their order' })
  @queryParameters(listViewsSchema)
  @ApiOkResponse({ schema: openApiSchema(viewsSchema, 'output') })
  @Get()
  async list(
    @CurrentPrincipal() principal: Principal,
    @Query() query: unknown,
  ): Promise<{ items: ViewAnswer[]; next: null }> {
    return { items: await this.views.list(principal, parse(listViewsSchema, query)), next: null };
  }

  @ApiOperation({ summary: 'Save a view of the board or the table' })
  @ApiBody({ schema: openApiSchema(createViewSchema) })
  @ApiCreatedResponse({ schema: openApiSchema(viewSchema, 'output') })
  @Post()
  create(@CurrentPrincipal() principal: Principal, @Body() body: unknown): Promise<ViewAnswer> {
    return this.views.create(principal, parse(createViewSchema, body));
  }

  @ApiOperation({ summary: 'Change an own view, or with tenant:manage a shared one' })
  @ApiParam(ID)
  @ApiBody({ schema: openApiSchema(editViewSchema) })
  @ApiOkResponse({ schema: openApiSchema(viewSchema, 'output') })
  @Patch(':id')
  edit(
    @CurrentPrincipal() principal: Principal,
    @Param('id') id: string,
    @Body() body: unknown,
  ): Promise<ViewAnswer> {
    return this.views.edit(principal, parse(uuidField, id), parse(editViewSchema, body));
  }

  @ApiOperation({ summary: 'Delete an own view, or with tenant:manage a shared one' })
  @ApiParam(ID)
  @ApiNoContentResponse()
  @HttpCode(204)
  @Delete(':id')
  delete(@CurrentPrincipal() principal: Principal, @Param('id') id: string): Promise<void> {
    return this.views.delete(principal, parse(uuidField, id));
  }
}
