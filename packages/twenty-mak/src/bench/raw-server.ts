import { Body, Controller, HttpCode, Inject, Module, Post } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import pg from 'pg';

const POOL = Symbol('Pool');

interface RawEvent {
  readonly source: string;
  readonly event_id: string;
  readonly type: string;
  readonly occurred_at: string;
}

/** Other arms of benchmarks: the same HTTP server with one plain INSERT a request and its own commit, or with nothing at all. */
@Controller()
class RawController {
  constructor(@Inject(POOL) private readonly pool: pg.Pool) {}

  @Post('raw')
  @HttpCode(200)
  async insert(@Body() event: RawEvent): Promise<{ ok: true }> {
    await this.pool.query(
      'INSERT INTO bench_raw (source, event_id, type, occurred_at, data) VALUES ($1, $2, $3, $4, $5)',
      [event.source, event.event_id, event.type, event.occurred_at, JSON.stringify(event)],
    );
    return { ok: true };
  }

  @Post('empty')
  @HttpCode(204)
  empty(): void {
    // As fast as this server can be.
  }
}

@Module({
  controllers: [RawController],
  providers: [
    {
      provide: POOL,
      useFactory: () => new pg.Pool({ connectionString: process.env['PG_DATABASE_URL'], max: 16 }),
    },
  ],
})
class RawModule {}

const app = await NestFactory.create<NestFastifyApplication>(RawModule, new FastifyAdapter(), {
  logger: false,
});
await app.listen({ host: '127.0.0.1', port: 0 });
process.stdout.write(`${await app.getUrl()}\n`);
