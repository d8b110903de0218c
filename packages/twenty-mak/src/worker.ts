import { createApplication } from './bootstrap.ts';
import { CONFIG } from './platform/config/config.module.ts';
import type { Config } from './platform/config/config.ts';

const app = await createApplication('worker');
const config = app.get<Config>(CONFIG);
await app.listen({ host: config.HOST, port: config.WORKER_PORT });
