/**
 * The same bid as a script of Redis: the key is new, the lot is open, the price rises by a step, the money is there; what led
 * before is released. Its history and its answers live in memory only.
 */
export const BID_SCRIPT = `
local answered = redis.call('HGET', KEYS[2], ARGV[2] .. '/' .. ARGV[3])
if answered then return answered end
local lot = redis.call('HMGET', KEYS[1], 'price', 'leader', 'seq', 'ends_at')
local clock = redis.call('TIME')
local now = clock[1] * 1000 + math.floor(clock[2] / 1000)
local price, seq, amount = tonumber(lot[1]), tonumber(lot[3]), tonumber(ARGV[4])
local answer
if now >= tonumber(lot[4]) then answer = 'lot_ended'
elseif amount < price + 1 then answer = 'bid_too_low'
else
  local held = 0
  if lot[2] == ARGV[2] then held = price end
  local wallet = redis.call('HMGET', KEYS[3], 'b/' .. ARGV[2], 'h/' .. ARGV[2])
  if tonumber(wallet[1]) - tonumber(wallet[2]) + held < amount then answer = 'insufficient_funds'
  else
    if lot[2] ~= '' then redis.call('HINCRBY', KEYS[3], 'h/' .. lot[2], -price) end
    redis.call('HINCRBY', KEYS[3], 'h/' .. ARGV[2], amount)
    redis.call('HSET', KEYS[1], 'price', amount, 'leader', ARGV[2], 'seq', seq + 1)
    redis.call('RPUSH', KEYS[4], ARGV[2] .. '/' .. ARGV[3] .. '/' .. amount .. '/' .. now)
    answer = tostring(seq + 1)
  end
end
redis.call('HSET', KEYS[2], ARGV[2] .. '/' .. ARGV[3], answer)
return answer
`;

/** Tables of the plainest way: every bid locks its lot and commits alone. */
export const BID_TABLES = `
DROP TABLE IF EXISTS bench_bid, bench_lot, bench_wallet;
CREATE TABLE bench_lot (id text PRIMARY KEY, price bigint, leader text, seq integer, ends_at timestamptz);
CREATE TABLE bench_wallet (id text PRIMARY KEY, balance bigint, held bigint);
CREATE TABLE bench_bid (lot text, seq integer, bidder text, key text, amount bigint, at timestamptz, PRIMARY KEY (lot, seq), UNIQUE (bidder, lot, key));
`;
