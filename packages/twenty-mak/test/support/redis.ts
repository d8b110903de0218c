import { inject } from 'vitest';

/** Connects to the Redis of the file that asks. Files that run at the same time would empty it under each other. */
export function testRedisUrl(): string {
  const urls = inject('MAK_TEST_REDIS_URLS');
  const url = urls[Number(process.env['VITEST_POOL_ID']) - 1];
  if (url === undefined)
    throw new Error(
      `Worker ${process.env['VITEST_POOL_ID']} has no Redis: ${urls.length} are there.`,
    );
  return url;
}
