import { execFileSync, spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { freePort } from '../../src/cli/local/ports.ts';

export interface Swift {
  readonly url: string;
  readonly keyId: string;
  readonly secret: string;
  readonly stop: () => Promise<void>;
}

const SERVICES = ['account', 'container', 'object', 'proxy'] as const;
type Service = (typeof SERVICES)[number];

/** Milliseconds that it may take until it answers. */
const PATIENCE = 30_000;
const PROXY_PIPELINE =
  'catch_errors gatekeeper healthcheck cache listing_formats s3api tempauth slo';

/** The one that Debian's packages of Python are for. */
const PYTHON = '/usr/bin/python3';

/** Where each kind of record is: all on the one device. */
const RINGS = `
import sys
from swift.common.ring import RingBuilder
for name, port in zip(('account', 'container', 'object'), sys.argv[2:]):
    builder = RingBuilder(4, 1, 0)
    builder.add_dev({'id': 0, 'region': 1, 'zone': 1, 'ip': '127.0.0.1', 'port': int(port), 'device': 'd1', 'weight': 1})
    builder.rebalance()
    builder.get_ring().save(sys.argv[1] + '/' + name + '.ring.gz')
`;

/** Starts an OpenStack Swift, which speaks S3, empty and without a bucket. docs/developers.md has the packages that it needs. */
export async function startSwift(): Promise<Swift> {
  const folder = mkdtempSync(join(tmpdir(), 'mak-swift-'));
  mkdirSync(join(folder, 'devices/d1'), { recursive: true });
  const ports = new Map<Service, number>();
  for (const service of SERVICES) ports.set(service, await freePort());
  const portOf = (service: Service): string => String(ports.get(service));
  execFileSync(PYTHON, [
    ...['-c', RINGS, folder],
    ...[portOf('account'), portOf('container'), portOf('object')],
  ]);
  writeFileSync(join(folder, 'swift.conf'), '[swift-hash]\nswift_hash_path_suffix = test\n');
  const [user, memory] = [userInfo().username, String(await freePort())];
  const memcached = ['-u', user, '-l', '127.0.0.1', '-p', memory];
  const processes = SERVICES.map((service) => {
    const file = join(folder, `${service}.conf`);
    writeFileSync(file, configOf(service, folder, portOf(service), memory));
    return spawn(`swift-${service}-server`, [file], { stdio: 'ignore' });
  });
  processes.push(spawn('memcached', memcached, { stdio: 'ignore' }));
  const url = `http://127.0.0.1:${portOf('proxy')}`;
  const stop = async (): Promise<void> => {
    await Promise.all(processes.map(end));
    rmSync(folder, { recursive: true, force: true });
  };
  if (await answers(`${url}/healthcheck`))
    return { url, keyId: 'test:tester', secret: 'testing', stop };
  await stop();
  throw new Error('Swift did not start.');
}

function configOf(service: Service, folder: string, port: string, memory: string): string {
  const before = service === 'proxy' ? PROXY_PIPELINE : '';
  const filters = before
    .split(' ')
    .filter((name) => name !== '')
    .map((name) => `[filter:${name}]\nuse = egg:swift#${name}\n`);
  return `[DEFAULT]
bind_ip = 127.0.0.1
bind_port = ${port}
user = ${userInfo().username}
swift_dir = ${folder}
devices = ${join(folder, 'devices')}
mount_check = false
disable_fallocate = true
workers = 0
[pipeline:main]
pipeline = ${before} ${service}-server
[app:${service}-server]
use = egg:swift#${service}
account_autocreate = true
container_update_timeout = 30
allow_account_management = true
${filters.join('')}`
    .replace('egg:swift#cache\n', `egg:swift#memcache\nmemcache_servers = 127.0.0.1:${memory}\n`)
    .replace('egg:swift#s3api\n', 'egg:swift#s3api\nauth_pipeline_check = false\n')
    .replace('egg:swift#tempauth\n', 'egg:swift#tempauth\nuser_test_tester = testing .admin\n');
}

async function answers(url: string): Promise<boolean> {
  for (const end = Date.now() + PATIENCE; Date.now() < end; await pause(100)) {
    const answer = await fetch(url).catch(() => null);
    if (answer?.ok === true) return true;
  }
  return false;
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, 'exit');
  child.kill('SIGKILL');
  await gone;
}
