import { Redis } from 'ioredis';
import { testRedisUrl } from './redis.ts';

/** What one file has used up, e.g. the applications that one address may send in an hour, the next one has again. */
const redis = new Redis(testRedisUrl());
await redis.flushall();
redis.disconnect();
