import { Global, Module } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { AuthGuard } from './auth.guard.ts';
import { Authenticator } from './authenticator.ts';
import { ClientCredentials } from './clients.ts';

@Global()
@Module({
  providers: [ClientCredentials, Authenticator, { provide: APP_GUARD, useClass: AuthGuard }],
  exports: [Authenticator, ClientCredentials],
})
export class AuthModule {}
