import { Redis } from 'ioredis';
import { inject } from 'vitest';

/** What one file has used up, e.g. the applications that one address may send in an hour, the next one has again. */
const redis = new Redis(inject('MAK_TEST_REDIS_URL'));
await redis.flushall();
redis.disconnect();
