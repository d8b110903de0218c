import { Global, Module } from '@nestjs/common';
import { readConfig } from './config.ts';

/** Token under which the configuration is injected. */
export const CONFIG = Symbol('Config');

@Global()
@Module({ providers: [{ provide: CONFIG, useFactory: () => readConfig() }], exports: [CONFIG] })
export class ConfigModule {}
