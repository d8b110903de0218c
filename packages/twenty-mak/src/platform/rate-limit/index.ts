export { LocalBucket } from './local-bucket.ts';
export { RateLimiter } from './rate-limiter.ts';
export type { Budget, Grant } from './rate-limiter.ts';
export { RateLimitModule } from './rate-limit.module.ts';
export { tooManyRequests } from './too-many-requests.ts';
