import { Global, Module } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { RateLimitModule } from '../rate-limit/index.ts';
import { AuthGuard } from './auth.guard.ts';
import { Authenticator } from './authenticator.ts';
import { ClientCredentials } from './clients.ts';
import { Memberships } from './memberships.ts';
import { PeopleController } from './people.controller.ts';
import { People } from './people.ts';

@Global()
@Module({
  imports: [RateLimitModule],
  controllers: [PeopleController],
  providers: [
    ClientCredentials,
    People,
    Memberships,
    Authenticator,
    { provide: APP_GUARD, useClass: AuthGuard },
  ],
  exports: [Authenticator, ClientCredentials, Memberships, People],
})
export class AuthModule {}
