import { Controller, Get, Inject, Post, Req, Res } from '@nestjs/common';
import { ApiExcludeEndpoint, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { unauthenticated } from '../errors/index.ts';
import { localeField, openApiSchema } from '../validation/index.ts';
import { Authenticator } from './authenticator.ts';
import { refusalOf, refuseNul, toFetch } from './better-auth-edge.ts';
import { Public } from './decorators.ts';
import { EmbeddedSessions } from './embedded-sessions.ts';
import { GuessLimits } from './guess-limits.ts';
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

@ApiTags('people')
@Controller('v1')
export class PeopleController {
  constructor(
    @Inject(People) private readonly people: People,
    @Inject(Memberships) private readonly memberships: Memberships,
    @Inject(Authenticator) private readonly authenticator: Authenticator,
    @Inject(EmbeddedSessions) private readonly embedded: EmbeddedSessions,
    @Inject(GuessLimits) private readonly limits: GuessLimits,
  ) {}

  @ApiOperation({ summary: 'Who is signed in, and in which tenants; also before a second factor' })
  @ApiOkResponse({ schema: openApiSchema(meSchema, 'output') })
  @Public()
  @Get('me')
  async me(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Me> {
    const found = await this.authenticator.whoIs(request);
    if (found === undefined) throw unauthenticated();
    const { authorization, cookie } = request.headers;
    if (authorization === undefined && cookie !== undefined) {
      for (const line of await this.people.prolong(cookie)) void reply.header('set-cookie', line);
    }
    return { ...found.user, tenants: found.tenants };
  }

  /** Everything that better-auth answers: sign-in, sign-out, change of password, second factor. */
  @ApiExcludeEndpoint()
  @Public()
  @Post('auth/*')
  async auth(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    this.authenticator.refuseForeignPages(request);
    refuseNul(request.body);
    await this.limits.limitAuth(request);
    const [path = ''] = request.url.split('?', 1);
    if (path.endsWith('/sign-out') && (await this.authenticator.endEmbedded(request))) {
      return reply.status(200).send({ success: true });
    }
    const leaving = endsOthers(path, request.body) && (await this.authenticator.signedIn(request));
    const [answer] = await Promise.all([this.people.answer(toFetch(request)), evenOut(path)]);
    if (leaving && answer.ok) await this.embedded.endAllOf(leaving.id);
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

/** Milliseconds; longer than writing a letter takes. */
const EVEN = 200;

/** So that the time of the answer does not tell either whether somebody has the address. */
async function evenOut(path: string): Promise<void> {
  if (path.endsWith('/request-password-reset')) await sleep(EVEN);
}

/** Whether a request ends sessions besides its own, and so those of embedded pages too. */
function endsOthers(path: string, body: unknown): boolean {
  if (/\/revoke-(other-)?sessions$/.test(path)) return true;
  const { revokeOtherSessions } = (body ?? {}) as { revokeOtherSessions?: unknown };
  return path.endsWith('/change-password') && revokeOtherSessions === true;
}
