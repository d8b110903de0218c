import { AwsClient } from 'aws4fetch';
import type { BucketAccess } from '../../src/platform/storage/s3-bucket.ts';
import { hasSwift, startSwift } from './swift.ts';

export interface S3Server {
  readonly access: BucketAccess;
  stop(): Promise<void>;
}

/**
 * How to come to a bucket of a real S3-compatible storage: the one that MAK_TEST_S3_URL, MAK_TEST_S3_REGION, MAK_TEST_S3_KEY_ID
 * and MAK_TEST_S3_SECRET name, else one of a Swift of this machine. Null, and said aloud, when there is neither.
 */
export function findS3(): (() => Promise<S3Server>) | null {
  const {
    MAK_TEST_S3_URL: url,
    MAK_TEST_S3_REGION: region = 'us-east-1',
    MAK_TEST_S3_KEY_ID: keyId = '',
    MAK_TEST_S3_SECRET: secret = '',
  } = process.env;
  if (url !== undefined)
    return () =>
      Promise.resolve({ access: { url, region, keyId, secret }, stop: () => Promise.resolve() });
  if (hasSwift()) return startOwn;
  process.stderr.write(`
!!! The storage of files is checked against a folder ONLY.
!!! Set MAK_TEST_S3_URL, MAK_TEST_S3_KEY_ID and MAK_TEST_S3_SECRET, or install swift-proxy, swift-account,
!!! swift-container and swift-object, to check it against a real S3-compatible storage.
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
