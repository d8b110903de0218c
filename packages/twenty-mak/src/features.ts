import type { DynamicModule, Type } from '@nestjs/common';
import { PipelinesModule } from './features/pipelines/index.ts';

/** Every feature of the product, in the order of the docs. */
export const features: (Type | DynamicModule)[] = [PipelinesModule];
