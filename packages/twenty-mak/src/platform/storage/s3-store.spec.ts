import { mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findS3 } from '../../../test/support/s3.ts';
import type { S3Server } from '../../../test/support/s3.ts';
import { freePort } from '../../cli/local/ports.ts';
import { elementsOf } from './s3-answers.ts';
import { S3Bucket } from './s3-bucket.ts';
import type { BucketAccess } from './s3-bucket.ts';
import { S3Store } from './s3-store.ts';
import { keepsFiles } from '../../../test/support/file-store-contract.ts';

let copies: string;
let nowhere: BucketAccess;
beforeAll(async () => {
  copies = mkdtempSync(join(tmpdir(), 'mak-copies-'));
  const url = `http://127.0.0.1:${await freePort()}/bucket`;
  nowhere = { url, region: 'r', keyId: 'name', secret: 'secret' };
});
afterAll(() => rmSync(copies, { recursive: true }));

const start = findS3();
/** Only called where there is one. */
const findServer = (): Promise<S3Server> =>
  start?.() ?? Promise.reject(new Error('There is no S3-compatible storage.'));

describe.skipIf(start === null)('a bucket', () => {
  let server: S3Server;
  let store: S3Store;
  let bucket: S3Bucket;
  beforeAll(async () => {
    server = await findServer();
    store = new S3Store(server.access, copies);
    bucket = new S3Bucket(server.access);
  }, 60_000);
  afterAll(() => server.stop());

  keepsFiles(() => ({ store, begun: async (key) => (await bucket.unfinished(key)).length }));

  it('leaves no copy of what was read, not even one of a process that was killed', async () => {
    const forgotten = join(copies, 'forgotten');
    writeFileSync(forgotten, 'x');
    const yesterday = Date.now() / 1_000 - 25 * 60 * 60;
    utimesSync(forgotten, yesterday, yesterday);
    await store.write('t/copied', content());
    const file = await store.open('t/copied');
    expect(readdirSync(copies)).toHaveLength(1);
    await file?.release();
    expect(readdirSync(copies)).toEqual([]);
  });

  it.each([
    ['another secret', { secret: 'wrong' }, /403 .*MAK_S3_SECRET/],
    ['another key', { keyId: 'wrong' }, /403 .*MAK_S3_KEY_ID/],
    ['no such bucket', { url: 'bucket-that-is-not-there' }, /404 NoSuchBucket.*Make the bucket/],
  ])('says what to do about %s', async (_, change: Partial<BucketAccess>, words) => {
    const { access } = server;
    const { url } = access;
    const wrong = new S3Bucket({ ...access, ...change, url: new URL(change.url ?? url, url).href });
    await expect(wrong.put('t/one', Buffer.from('x'))).rejects.toThrow(words);
    await expect(wrong.get('t/one')).rejects.toThrow(words);
    await expect(wrong.delete('t/one')).rejects.toThrow(words);
  });
});

describe('a storage that nothing answers for', () => {
  it('is an outage', async () => {
    const store = new S3Store(nowhere, copies);
    const outage = { status: 503, refusal: { code: 'storage_unavailable' } };
    await expect(store.write('t/one', content())).rejects.toMatchObject(outage);
    await expect(store.open('t/one')).rejects.toMatchObject(outage);
    await expect(store.remove('t/one')).rejects.toMatchObject(outage);
  });

  it('is named with what to look at, and without its key', async () => {
    const error = await new S3Bucket(nowhere).delete('t/one').catch(String);
    expect(error).toContain(`Nothing answers at ${nowhere.url}: ECONNREFUSED.`);
    expect(error).toContain('MAK_S3_URL');
    expect(error).not.toContain('secret');
    expect(new S3Store(nowhere, copies).place).toBe(`the bucket ${nowhere.url}`);
  });
});

describe('answers', () => {
  it('are read by the names of their elements', () => {
    const xml = `<?xml version="1.0"?><List xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><Upload><Key>a&amp;b</Key>
      <UploadId>1</UploadId></Upload><Upload><Key>c</Key><UploadId>2</UploadId></Upload></List>`;
    expect(elementsOf(xml, 'Key')).toEqual(['a&b', 'c']);
    expect(elementsOf(xml, 'UploadId')).toEqual(['1', '2']);
    expect(elementsOf(xml, 'ETag')).toEqual([]);
  });

  it.each(['', '<html><br></html>', 'Bad Gateway', '{"Code": 1}'])(
    'that are none say nothing: %j',
    (text) => {
      expect(elementsOf(text, 'Code')).toEqual([]);
    },
  );
});

async function* content(): AsyncGenerator<Uint8Array> {
  yield Buffer.from('x');
}
