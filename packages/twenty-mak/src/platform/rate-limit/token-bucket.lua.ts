/**
 * One bucket in Redis, by Redis's own clock. Takes up to `wanted` tokens and answers how many it gave and, if none, the
 * milliseconds until there is one. A bucket that counts as spent when it is not known is kept for a day, so that a
 * quiet hour does not empty it. It must do the same as `LocalBucket`.
 * KEYS: bucket. ARGV: burst, tokens per second, wanted, tokens of a bucket that is not known (burst or 0), tokens to leave,
 * 1 when only whole tokens flow in.
 */
export const TOKEN_BUCKET = `
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local burst, rate, wanted = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3])
local initial, left, whole = tonumber(ARGV[4]), tonumber(ARGV[5]), ARGV[6] == '1'
local stored = redis.call('HMGET', KEYS[1], 'tokens', 'at')
local before = tonumber(stored[1]) or initial
local at = tonumber(stored[2]) or now
local flowed = math.max(0, now - at) * rate / 1000
local tokens = math.min(burst, before + (whole and math.floor(flowed) or flowed))
local given = math.max(0, math.min(wanted, math.floor(tokens - left)))
if given > 0 or not stored[2] then
  redis.call('HSET', KEYS[1], 'tokens', tostring(tokens - given), 'at', tostring(now))
  redis.call('PEXPIRE', KEYS[1], math.ceil(burst / rate * 1000) + (initial < burst and 86400000 or 1000))
end
local wait = 0
if given == 0 then wait = math.max(1, math.ceil(at + (1 + left - before) * 1000 / rate - now)) end
return { given, wait }
`;

/**
 * Empties the bucket and lets nothing flow in for a while: the system whose limit it counts has refused a call. A pause that
 * follows soon after the last is twice as long, from the shortest to the longest; who comes during one gets what is left of it.
 * Answers its milliseconds.
 * KEYS: bucket. ARGV: shortest and longest pause, and how long the bucket is kept beyond it, in milliseconds.
 */
export const PAUSE_BUCKET = `
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local shortest, longest = tonumber(ARGV[1]), tonumber(ARGV[2])
local stored = redis.call('HMGET', KEYS[1], 'paused', 'until')
local paused, over = tonumber(stored[1]), tonumber(stored[2])
if over and over > now then return math.ceil(over - now) end
local pause = (over and now - over < longest) and math.min(longest, paused * 2) or shortest
redis.call('HSET', KEYS[1], 'tokens', '0', 'at', tostring(now + pause), 'paused', tostring(pause), 'until', tostring(now + pause))
redis.call('PEXPIRE', KEYS[1], pause + tonumber(ARGV[3]))
return pause
`;
