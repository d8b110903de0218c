import { AwsClient } from 'aws4fetch';
import type { BucketAccess } from '../../src/platform/storage/s3-bucket.ts';
import { startSwift } from './swift.ts';

export interface S3Server {
  readonly access: BucketAccess;
  readonly stop: () => Promise<void>;
}

/**
 * How to come to a bucket of a real S3-compatible storage: the one that MAK_TEST_S3_URL, MAK_TEST_S3_REGION, MAK_TEST_S3_KEY_ID
 * and MAK_TEST_S3_SECRET name, or, when MAK_TEST_S3_URL is `swift`, one of an OpenStack Swift that is started here. Null, and
 * said aloud, when nothing is named.
 */
export function findS3(): (() => Promise<S3Server>) | null {
  const {
    MAK_TEST_S3_URL: url,
    MAK_TEST_S3_REGION: region = 'us-east-1',
    MAK_TEST_S3_KEY_ID: keyId = '',
    MAK_TEST_S3_SECRET: secret = '',
  } = process.env;
  if (url === 'swift') return startOwn;
  if (url !== undefined)
    return () =>
      Promise.resolve({ access: { url, region, keyId, secret }, stop: () => Promise.resolve() });
  process.stderr.write(`
!!! The storage of files is checked against a folder ONLY.
!!! Set MAK_TEST_S3_URL, MAK_TEST_S3_KEY_ID and MAK_TEST_S3_SECRET to check it against a real S3-compatible one.
`);
  return null;
}

async function startOwn(): Promise<S3Server> {
  const { url: root, keyId, secret, stop } = await startSwift();
  const access = { url: `${root}/mak-test`, region: 'us-east-1', keyId, secret };
  const { region } = access;
  const client = new AwsClient({
    ...{ accessKeyId: keyId, secretAccessKey: secret },
    ...{ service: 's3', region },
  });
  const made = await client.fetch(access.url, { method: 'PUT' });
  if (made.ok) return { access, stop };
  await stop();
  throw new Error(`Swift made no bucket: ${made.status} ${await made.text()}`);
}
