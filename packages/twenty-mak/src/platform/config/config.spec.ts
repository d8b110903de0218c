import { describe, expect, it } from 'vitest';
import { readConfig } from './config.ts';

const REQUIRED = {
  PG_APP_URL: 'postgres://app@localhost/mak',
  PG_SCAN_URL: 'postgres://scan@localhost/mak',
  REDIS_URL: 'redis://localhost',
  MAK_SECRET_KEY: 'x'.repeat(32),
  MAK_OPERATOR_KEY: 'x'.repeat(32),
  BETTER_AUTH_SECRET: 'x'.repeat(32),
};
const KEY = { MAK_S3_KEY_ID: 'id', MAK_S3_SECRET: 'secret' };

describe('a bucket for files', () => {
  it.each([
    'https://s3.example.com/bucket',
    'https://bucket.s3.example.com',
    'http://10.0.0.5:9000/bucket/',
  ])('may be at %s', (url) => {
    expect(readConfig({ ...REQUIRED, ...KEY, MAK_S3_URL: url })).toMatchObject({
      MAK_S3_URL: url,
      MAK_S3_REGION: 'us-east-1',
    });
  });

  it.each([
    's3.example.com/bucket',
    's3://bucket',
    'https://s3.example.com/bucket/folder',
    'https://id:secret@s3.example.com/bucket',
    'https://s3.example.com/bucket?region=eu',
  ])('cannot be at %s', (url) => {
    expect(() => readConfig({ ...REQUIRED, ...KEY, MAK_S3_URL: url })).toThrow(
      /MAK_S3_URL: must be the address of a bucket/,
    );
  });

  it.each([
    [
      { MAK_S3_URL: 'https://s3.example.com/bucket', MAK_S3_KEY_ID: 'id' },
      /MAK_S3_SECRET: must be set together/,
    ],
    [KEY, /MAK_S3_KEY_ID: must be set together with MAK_S3_URL/],
    [{ ...KEY, MAK_S3_URL: '' }, /MAK_S3_SECRET: must be set together/],
  ])('has its key, and no key is without one: %j', (given, words) => {
    expect(() => readConfig({ ...REQUIRED, ...given })).toThrow(words);
  });
});
