import { setFlagsFromString } from 'node:v8';
import { run } from './bootstrap.ts';

// The more memory a machine has, the further V8 lets a heap grow between two collections: to four times of what is in use. A
// worker that takes in a large file would be that large all the time. Said here, it holds however the worker is started.
setFlagsFromString('--heap-growing-percent=50');

await run('worker', ({ WORKER_PORT }) => WORKER_PORT);
