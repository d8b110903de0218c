import { Global, Module } from '@nestjs/common';
import type { OnApplicationShutdown } from '@nestjs/common';
import { LoggerModule } from 'nestjs-pino';
import { CONFIG } from '../config/config.module.ts';
import type { Config } from '../config/config.ts';
import { HealthController } from './health.controller.ts';
import { Metrics } from './metrics.ts';
import { stopTracing } from './tracing.ts';

@Global()
@Module({
  imports: [
    LoggerModule.forRootAsync({
      inject: [CONFIG],
      useFactory: (config: Config) => ({
        pinoHttp: {
          level: config.LOG_LEVEL,
          // Requests are counted in the metrics; a line for each would cost more than the request.
          autoLogging: false,
          redact: ['req.headers.authorization', 'req.headers.cookie'],
          quietReqLogger: true,
        },
      }),
    }),
  ],
  controllers: [HealthController],
  providers: [Metrics],
  exports: [Metrics],
})
export class ObservabilityModule implements OnApplicationShutdown {
  async onApplicationShutdown(): Promise<void> {
    await stopTracing();
  }
}
