import { Controller, Get, Header, HttpStatus, Inject, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { Public } from '../auth/index.ts';
import { Database } from '../database/index.ts';
import { Bus } from '../outbox/index.ts';
import { Metrics } from './metrics.ts';

@Controller()
export class HealthController {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Bus) private readonly bus: Bus,
    @Inject(Metrics) private readonly metrics: Metrics,
  ) {}

  /** The process is alive. */
  @Public()
  @Get('healthz')
  health(): { status: 'ok' } {
    return { status: 'ok' };
  }

  /** The process can do its work: PostgreSQL answers. Redis is only a doorbell, so its absence is told but is no failure. */
  @Public()
  @Get('readyz')
  async ready(
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Record<'status' | 'postgres' | 'redis', string>> {
    const [postgres, redis] = await Promise.all([this.database.alive(), this.bus.alive()]);
    if (!postgres) void reply.status(HttpStatus.SERVICE_UNAVAILABLE);
    return {
      status: postgres ? 'ready' : 'not ready',
      postgres: postgres ? 'up' : 'down',
      redis: redis ? 'up' : 'down',
    };
  }

  @Public()
  @Get('metrics')
  @Header('content-type', 'text/plain; version=0.0.4; charset=utf-8')
  async prometheus(): Promise<string> {
    return this.metrics.registry.metrics();
  }
}
