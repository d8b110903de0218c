import { Body, Controller, HttpCode, Inject, Post } from '@nestjs/common';
import { ApiBody, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { CurrentPrincipal, RequireScope } from '../../platform/auth/index.ts';
import type { Principal } from '../../platform/auth/index.ts';
import { openApiSchema, parse } from '../../platform/validation/index.ts';
import { erasedPersonSchema, erasePersonSchema } from './persons.dto.ts';
import type { ErasedPerson } from './persons.dto.ts';
import { PersonsService } from './persons.service.ts';

@ApiTags('persons')
@Controller('v1/persons')
export class PersonsController {
  constructor(@Inject(PersonsService) private readonly persons: PersonsService) {}

  @ApiOperation({ summary: 'Make the contact data of a person unreadable for good' })
  @ApiBody({ schema: openApiSchema(erasePersonSchema) })
  @ApiOkResponse({ schema: openApiSchema(erasedPersonSchema, 'output') })
  @RequireScope('persons:erase')
  @HttpCode(200)
  @Post('erase')
  erase(@CurrentPrincipal() principal: Principal, @Body() body: unknown): Promise<ErasedPerson> {
    return this.persons.erase(principal, parse(erasePersonSchema, body));
  }
}
