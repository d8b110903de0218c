import type { DynamicModule, Type } from '@nestjs/common';

/** Every feature of the product, in the order of the docs. */
export const features: (Type | DynamicModule)[] = [];
