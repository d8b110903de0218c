import { NestFactory } from '@nestjs/core';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { Logger } from 'nestjs-pino';
import { AppModule } from './app.module.ts';
import { answerBidsDirectly } from './features/auction/index.ts';
import { answerEventsDirectly } from './features/events/index.ts';
import { CONFIG } from './platform/config/config.module.ts';
import { readConfig } from './platform/config/config.ts';
import type { Config } from './platform/config/config.ts';
import { Database } from './platform/database/index.ts';
import { ProblemFilter, refuseHostileInput } from './platform/errors/index.ts';
import { limitDocuments } from './platform/graphql/query-limits.ts';
import { Metrics, observeRequests, startTracing } from './platform/observability/index.ts';
import { allowOtherOrigins, serveWebApp } from './platform/web-app/index.ts';

/** Largest body of a request, in bytes; file uploads stream and have their own limit. */
export const BODY_LIMIT = 5 * 1024 * 1024;

/** What a process does besides answering requests. */
export type ProcessRole = 'api' | 'worker';

/** Builds the application of either process; it does not listen yet. */
export async function createApplication(role: ProcessRole): Promise<NestFastifyApplication> {
  const adapter = new FastifyAdapter({
    bodyLimit: BODY_LIMIT,
    trustProxy: readConfig().MAK_TRUSTED_PROXIES,
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
  observeRequests(adapter.getInstance(), app.get(Metrics));
  refuseHostileInput(adapter.getInstance());
  limitDocuments(adapter.getInstance());
  answerEventsDirectly(app);
  answerBidsDirectly(app);
  if (role === 'api') {
    allowOtherOrigins(adapter.getInstance());
    await serveWebApp(adapter.getInstance(), app.get(Database), app.get<Config>(CONFIG));
  }
  app.enableShutdownHooks();
  return app;
}

/** Runs a process until it is told to stop. */
export async function run(role: ProcessRole, portOf: (config: Config) => number): Promise<void> {
  const config = readConfig();
  await startTracing(`mak-${role}`, config.OTEL_EXPORTER_OTLP_ENDPOINT);
  const app = await createApplication(role);
  await app.listen({ host: config.HOST, port: portOf(config) });
}
