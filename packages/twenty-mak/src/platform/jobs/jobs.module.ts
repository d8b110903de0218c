import { Module } from '@nestjs/common';
import type { DynamicModule } from '@nestjs/common';

@Module({})
export class JobsModule {
  static as(_role: 'api' | 'worker'): DynamicModule {
    return { module: JobsModule, global: true };
  }
}
