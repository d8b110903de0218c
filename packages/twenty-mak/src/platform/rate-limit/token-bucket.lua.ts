/**
 * One bucket in Redis, by Redis's own clock. Takes up to `wanted` tokens and answers how many it gave and, if none, the
 * milliseconds until there is one. A bucket that counts as spent when it is not known is kept for a day, so that a
 * quiet hour does not empty it.
 * KEYS: bucket. ARGV: burst, tokens per second, wanted, tokens of a bucket that is not known (burst or 0), tokens to leave.
 */
export const TOKEN_BUCKET = `
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local burst, rate, wanted = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3])
local initial, left = tonumber(ARGV[4]), tonumber(ARGV[5])
local stored = redis.call('HMGET', KEYS[1], 'tokens', 'at')
local tokens = tonumber(stored[1]) or initial
local at = tonumber(stored[2]) or now
tokens = math.min(burst, tokens + math.max(0, now - at) * rate / 1000)
local given = math.max(0, math.min(wanted, math.floor(tokens - left)))
tokens = tokens - given
redis.call('HSET', KEYS[1], 'tokens', tostring(tokens), 'at', tostring(now))
redis.call('PEXPIRE', KEYS[1], math.ceil(burst / rate * 1000) + (initial < burst and 86400000 or 1000))
local wait = 0
if given == 0 then wait = math.ceil((1 + left - tokens) * 1000 / rate) end
return { given, wait }
`;
