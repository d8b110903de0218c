import { Inject, Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { RateLimiter, tooManyRequests } from '../rate-limit/index.ts';
import type { Budget } from '../rate-limit/index.ts';
import { hashCredential } from './credentials.ts';

const perMinute = (count: number): Budget => ({ burst: count, perSecond: count / 60 });
const perHour = (count: number): Budget => ({ burst: count, perSecond: count / 3_600 });

/** Guesses of passwords and one-time codes: per address and person, and per person from everywhere. */
const GUESSES = perMinute(10);
const GUESSES_FROM_EVERYWHERE = perMinute(50);
/** Letters that one address may have sent to people. Those to one person are limited where they are written. */
const LETTERS_FROM_ADDRESS = perHour(60);
/** One-time codes that are asked for and exchanged; every view of an embedded page is one, and an office shares an address. */
const EXCHANGES: Budget = { burst: 60, perSecond: 1 };

/** Applications from one address, where a whole office may sit, and to one tenant from everywhere. */
const REGISTRATIONS = perHour(20);
const REGISTRATIONS_FROM_EVERYWHERE = perHour(500);

/** Keeps those who are not signed in, or not for sure, from trying for long. */
@Injectable()
export class GuessLimits {
  constructor(@Inject(RateLimiter) private readonly limiter: RateLimiter) {}

  /** Throws 429 `too_many_requests` for a request under /v1/auth that came too often. */
  async limitAuth(request: FastifyRequest): Promise<void> {
    if (request.method !== 'POST') return;
    const [path = ''] = request.url.split('?', 1);
    const person = personOf(request.body);
    if (/\/(sign-in|two-factor\/verify)/.test(path)) {
      await this.take(`guess:${request.ip}:${person}`, GUESSES);
      if (person !== '') await this.take(`guess::${person}`, GUESSES_FROM_EVERYWHERE);
    } else if (/\/(change-password|two-factor\/)/.test(path)) {
      // The password is asked for again; whoever found an open session may not guess it there.
      const { authorization, cookie } = request.headers;
      await this.take(`guess:${hashCredential(authorization ?? cookie ?? '')}`, GUESSES);
    } else if (path.endsWith('/request-password-reset')) {
      await this.take(`letter:${request.ip}`, LETTERS_FROM_ADDRESS);
    }
  }

  /** The same for the exchange of one-time codes. */
  async limitExchange(request: FastifyRequest): Promise<void> {
    await this.take(`exchange:${request.ip}`, EXCHANGES);
  }

  /** The same for those who come with a token of another system, which that system is asked about. */
  async limitForeignToken(request: FastifyRequest): Promise<void> {
    await this.take(`foreign:${request.ip}`, EXCHANGES);
  }

  /** The same for looks at the page of registration, which tells whether there is a tenant of that name. */
  async limitForm(request: FastifyRequest): Promise<void> {
    await this.take(`form:${request.ip}`, EXCHANGES);
  }

  /** The same for applications, each of which sends a letter. */
  async limitRegistration(request: FastifyRequest, tenantId: string): Promise<void> {
    await this.take(`registration:${request.ip}`, REGISTRATIONS);
    await this.take(`registration::${tenantId}`, REGISTRATIONS_FROM_EVERYWHERE);
  }

  private async take(name: string, budget: Budget): Promise<void> {
    const { given, waitMs } = await this.limiter.take(name, budget);
    if (given === 0) throw tooManyRequests(waitMs);
  }
}

function personOf(body: unknown): string {
  const { email } = (body ?? {}) as { email?: unknown };
  return typeof email === 'string' ? email.trim().toLowerCase().slice(0, 320) : '';
}
