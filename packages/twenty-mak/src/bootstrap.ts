import { NestFactory } from '@nestjs/core';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { Logger } from 'nestjs-pino';
import { AppModule } from './app.module.ts';
import { ProblemFilter } from './platform/errors/index.ts';

/** Largest body of a request, in bytes; file uploads stream and have their own limit. */
export const BODY_LIMIT = 5 * 1024 * 1024;

/** What a process does besides answering requests. */
export type ProcessRole = 'api' | 'worker';

/** Builds the application of either process; it does not listen yet. */
export async function createApplication(role: ProcessRole): Promise<NestFastifyApplication> {
  const adapter = new FastifyAdapter({
    bodyLimit: BODY_LIMIT,
    trustProxy: 'loopback',
    forceCloseConnections: true,
    routerOptions: { maxParamLength: 512 },
  });
  const app = await NestFactory.create<NestFastifyApplication>(AppModule.as(role), adapter, {
    bufferLogs: true,
    abortOnError: false,
  });
  app.useLogger(app.get(Logger));
  const problems = new ProblemFilter();
  app.useGlobalFilters(problems);
  adapter.getInstance().setErrorHandler((error, _request, reply) => problems.answer(error, reply));
  app.enableShutdownHooks();
  return app;
}
