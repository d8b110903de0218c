import { applyDecorators } from '@nestjs/common';
import { ApiQuery } from '@nestjs/swagger';
import type { z } from 'zod';
import { openApiSchema } from './openapi-schema.ts';

/** Describes every member of a query's schema as an optional parameter. */
export function queryParameters(schema: z.ZodType): MethodDecorator {
  const described = openApiSchema(schema);
  const properties = 'properties' in described ? (described.properties ?? {}) : {};
  return applyDecorators(
    ...Object.entries(properties).map(([name, property]) =>
      ApiQuery({ name, required: false, schema: property }),
    ),
  );
}
