import { Global, Module } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { RateLimitModule } from '../rate-limit/index.ts';
import { AuthGuard } from './auth.guard.ts';
import { Authenticator } from './authenticator.ts';
import { ClientCredentials } from './clients.ts';
import { EmbeddedSessions } from './embedded-sessions.ts';
import { GuessLimits } from './guess-limits.ts';
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
    EmbeddedSessions,
    GuessLimits,
    Authenticator,
    AuthGuard,
    { provide: APP_GUARD, useExisting: AuthGuard },
  ],
  exports: [
    AuthGuard,
    Authenticator,
    ClientCredentials,
    EmbeddedSessions,
    GuessLimits,
    Memberships,
    People,
  ],
})
export class AuthModule {}
