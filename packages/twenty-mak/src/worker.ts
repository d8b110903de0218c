import { run } from './bootstrap.ts';

await run('worker', ({ WORKER_PORT }) => WORKER_PORT);
