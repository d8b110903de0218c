import { run } from './bootstrap.ts';

await run('api', ({ PORT }) => PORT);
