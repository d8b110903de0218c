import { Inject, Injectable } from '@nestjs/common';
import { ModuleRef } from '@nestjs/core';
import { GraphQLSchemaHost } from '@nestjs/graphql';
import { coerceInputValue, isInputType } from 'graphql';
import { RefusalError } from '../../platform/errors/index.ts';
import { parse } from '../../platform/validation/index.ts';
import { countQuery, restFilter } from '../deals/index.ts';
import type { DealFilterInput } from '../deals/index.ts';

/** Checks filters as `deals` would, so that a view that was saved can be opened. */
@Injectable()
export class ViewFilters {
  constructor(@Inject(ModuleRef) private readonly modules: ModuleRef) {}

  /** Throws 422 `invalid_request` for a filter that `deals` would refuse. */
  refuseWrong(filter: Readonly<Record<string, unknown>> | undefined): void {
    if (filter === undefined) return;
    const type = this.modules
      .get(GraphQLSchemaHost, { strict: false })
      .schema.getType('DealFilterInput');
    if (!isInputType(type)) throw new Error('the schema has no DealFilterInput');
    const read = coerceInputValue(filter, type, (path, _value, error) => {
      const field = ['definition', 'filter', ...path].join('.');
      throw new RefusalError({
        code: 'invalid_request',
        reason: `${field}: ${error.message}`,
        field,
      });
    });
    // GraphQL has just read it as this type.
    parse(countQuery, restFilter(read as DealFilterInput));
  }
}
