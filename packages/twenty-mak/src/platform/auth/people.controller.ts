import { Controller, Get, Inject, Post, Req, Res } from '@nestjs/common';
import { ApiExcludeEndpoint, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { notFound, RefusalError, unauthenticated } from '../errors/index.ts';
import { RateLimiter, tooManyRequests } from '../rate-limit/index.ts';
import type { Budget } from '../rate-limit/index.ts';
import { localeField, openApiSchema } from '../validation/index.ts';
import { Authenticator } from './authenticator.ts';
import { Public } from './decorators.ts';
import { Memberships } from './memberships.ts';
import type { Membership } from './memberships.ts';
import { People } from './people.ts';
import type { SignedInUser } from './people.ts';
import { ROLES } from './principal.ts';

const membershipSchema = z.object({
  account_id: z.uuid(),
  tenant_id: z.uuid(),
  tenant: z.string(),
  tenant_name: z.string(),
  role: z.enum(ROLES),
  locale: localeField,
  totp_required: z.boolean(),
});

const meSchema = z.object({
  id: z.string(),
  email: z.string(),
  name: z.string(),
  totp: z.boolean(),
  tenants: z.array(membershipSchema),
});
type Me = Omit<z.output<typeof meSchema>, 'tenants'> & { tenants: Membership[] };

/** Guesses of passwords and one-time codes: per address and person, and per person from everywhere. */
const GUESSES: Budget = { burst: 10, perSecond: 10 / 60 };
const GUESSES_FROM_EVERYWHERE: Budget = { burst: 50, perSecond: 50 / 60 };

@ApiTags('people')
@Controller('v1')
export class PeopleController {
  constructor(
    @Inject(People) private readonly people: People,
    @Inject(Memberships) private readonly memberships: Memberships,
    @Inject(Authenticator) private readonly authenticator: Authenticator,
    @Inject(RateLimiter) private readonly limiter: RateLimiter,
  ) {}

  @ApiOperation({ summary: 'Who is signed in, and in which tenants; also before a second factor' })
  @ApiOkResponse({ schema: openApiSchema(meSchema, 'output') })
  @Public()
  @Get('me')
  async me(@Req() request: FastifyRequest): Promise<Me> {
    const user = await this.authenticator.signedIn(request);
    if (user === undefined) throw unauthenticated();
    return { ...user, tenants: await this.memberships.of(user) };
  }

  /** Everything that better-auth answers: sign-in, sign-out, change of password, second factor. */
  @ApiExcludeEndpoint()
  @Public()
  @Post('auth/*')
  async auth(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    this.authenticator.refuseForeignPages(request);
    await this.limitGuesses(request);
    const answer = await this.people.answer(toFetch(request));
    const session = await this.sessionOf(answer);
    // Before a second factor there is a token of a session that has already been ended again.
    if (session === undefined) answer.headers.delete('set-auth-token');
    void reply.status(answer.status);
    for (const [name, value] of answer.headers) {
      if (name !== 'set-cookie' && name !== 'content-length') void reply.header(name, value);
    }
    for (const cookie of answer.headers.getSetCookie()) void reply.header('set-cookie', cookie);
    void reply.header('cache-control', 'no-store');
    const text = await answer.text();
    if (answer.status >= 400) throw refusalOf(answer.status, text);
    await reply.send(session === undefined ? text : await this.withTenants(text, session));
  }

  /** better-auth reads some things by GET, e.g. the session. */
  @ApiExcludeEndpoint()
  @Public()
  @Get('auth/*')
  async read(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    await this.auth(request, reply);
  }

  private async limitGuesses(request: FastifyRequest): Promise<void> {
    if (request.method !== 'POST' || !/\/(sign-in|two-factor\/verify)/.test(request.url)) return;
    const { email } = (request.body ?? {}) as { email?: unknown };
    const person = typeof email === 'string' ? email.trim().toLowerCase().slice(0, 320) : '';
    const budgets: [string, Budget][] = [[`guess:${request.ip}:${person}`, GUESSES]];
    if (person !== '') budgets.push([`guess::${person}`, GUESSES_FROM_EVERYWHERE]);
    for (const [name, budget] of budgets) {
      const { given, waitMs } = await this.limiter.take(name, budget);
      if (given === 0) throw tooManyRequests(waitMs);
    }
  }

  private async sessionOf(answer: Response): Promise<SignedInUser | undefined> {
    const token = answer.headers.get('set-auth-token');
    if (token === null || !answer.ok) return undefined;
    return this.people.signedIn(new Headers({ authorization: `Bearer ${token}` }));
  }

  /** An answer that begins a session also tells in which tenants the person has an account. */
  private async withTenants(text: string, user: SignedInUser): Promise<string> {
    if (!text.startsWith('{')) return text;
    const body = JSON.parse(text) as object;
    return JSON.stringify({ ...body, tenants: await this.memberships.of(user) });
  }
}

const refusalSchema = z.object({ code: z.string(), message: z.string() });

/** Codes of better-auth for what has another name everywhere else in this API. */
const OUR_CODES: Readonly<Record<string, string>> = {
  unauthorized: 'unauthenticated',
  invalid_origin: 'foreign_origin',
  missing_or_null_origin: 'foreign_origin',
};

/** What better-auth refuses, in the shape of all other refusals. */
function refusalOf(status: number, text: string): RefusalError {
  const told = refusalSchema.safeParse(text.startsWith('{') ? JSON.parse(text) : null);
  if (!told.success) return notFound('way of signing in');
  const code = told.data.code.toLowerCase();
  return new RefusalError({ code: OUR_CODES[code] ?? code, reason: told.data.message }, status);
}

/** The same request in the words of fetch. Its body was parsed on the way here. */
function toFetch(request: FastifyRequest): Request {
  const headers = new Headers();
  for (const [name, value] of Object.entries(request.headers)) {
    if (value === undefined || name === 'content-length') continue;
    headers.set(name, Array.isArray(value) ? value.join(', ') : value);
  }
  const hasBody = request.method !== 'GET' && request.method !== 'HEAD' && request.body != null;
  return new Request(new URL(request.url, `${request.protocol}://${request.host}`), {
    method: request.method,
    headers,
    ...(hasBody ? { body: JSON.stringify(request.body) } : {}),
  });
}
