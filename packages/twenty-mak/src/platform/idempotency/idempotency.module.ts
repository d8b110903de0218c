import { Module } from '@nestjs/common';
import { APP_INTERCEPTOR } from '@nestjs/core';
import { SecretsModule } from '../secrets/index.ts';
import { IdempotencyInterceptor } from './idempotency.interceptor.ts';

@Module({
  imports: [SecretsModule],
  providers: [{ provide: APP_INTERCEPTOR, useClass: IdempotencyInterceptor }],
})
export class IdempotencyModule {}
