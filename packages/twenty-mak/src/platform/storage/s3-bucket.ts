import { AwsClient } from 'aws4fetch';
import { createHash } from 'node:crypto';
import { elementsOf } from './s3-answers.ts';

/** Milliseconds that a request may take; what is read as a stream has no such limit. */
const PATIENCE = 120_000;
/** Further attempts when the storage says that it is busy or ill; the pauses between them double from a twentieth second. */
const RETRIES = 4;

export interface BucketAccess {
  /** Address of the bucket: `https://s3.example.com/bucket` or `https://bucket.s3.example.com`. */
  readonly url: string;
  readonly region: string;
  readonly keyId: string;
  readonly secret: string;
}

/** The storage does not do what it is asked for. The message says what an operator can do; it holds no secret. */
export class BucketError extends Error {}

type Method = 'GET' | 'PUT' | 'POST' | 'DELETE';

interface Wish {
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: Uint8Array;
  /** What it is about need not be there. */
  readonly mayLack?: boolean;
  /** The answer is read as it comes. */
  readonly isStream?: boolean;
}

/** One bucket of an S3-compatible storage: the requests that we need of it. */
export class S3Bucket {
  readonly url: string;
  private readonly client: AwsClient;

  constructor({ url, region, keyId, secret }: BucketAccess) {
    this.url = url.replace(/\/+$/, '');
    this.client = new AwsClient({
      accessKeyId: keyId,
      secretAccessKey: secret,
      service: 's3',
      region,
      retries: RETRIES,
    });
  }

  async put(key: string, body: Uint8Array): Promise<void> {
    await this.ask('PUT', key, { body });
  }

  /** The content as it comes; null when there is none. */
  async get(key: string): Promise<Response | null> {
    return this.send('GET', key, { mayLack: true, isStream: true });
  }

  /** None is none. */
  async delete(key: string): Promise<void> {
    await this.ask('DELETE', key, { mayLack: true });
  }

  /** Begins a file of several parts, which is there only when it is ended. */
  async begin(key: string): Promise<string> {
    const answer = await this.ask('POST', key, { query: { uploads: '' } });
    const [upload] = elementsOf(answer, 'UploadId');
    if (upload === undefined) throw this.strange('began no upload');
    return upload;
  }

  /** What the part is called when the file is ended. */
  async putPart(key: string, upload: string, number: number, body: Uint8Array): Promise<string> {
    const query = { partNumber: String(number), uploadId: upload };
    const answer = await this.send('PUT', key, { query, body });
    await answer?.arrayBuffer();
    const tag = answer?.headers.get('etag') ?? null;
    if (tag === null) throw this.strange('gave a part no name');
    return tag;
  }

  /** Puts the parts together in their order. */
  async end(key: string, upload: string, tags: readonly string[]): Promise<void> {
    const parts = tags.map(
      (tag, at) =>
        `<Part><PartNumber>${at + 1}</PartNumber><ETag>${tag.replaceAll('"', '&quot;')}</ETag></Part>`,
    );
    const body = `<CompleteMultipartUpload>${parts.join('')}</CompleteMultipartUpload>`;
    const answer = await this.ask('POST', key, {
      query: { uploadId: upload },
      body: Buffer.from(body),
    });
    // A failure may come with the status of success, as that is sent before the parts are together.
    if (elementsOf(answer, 'ETag').length === 0)
      throw this.failed(200, elementsOf(answer, 'Code')[0] ?? 'unknown');
  }

  /** Throws the parts away; none is none. */
  async abort(key: string, upload: string): Promise<void> {
    await this.ask('DELETE', key, { query: { uploadId: upload }, mayLack: true });
  }

  /** Uploads of a key that were begun and neither ended nor thrown away. */
  async unfinished(key: string): Promise<readonly string[]> {
    const answer = await this.ask('GET', '', { query: { uploads: '', prefix: key } });
    const keys = elementsOf(answer, 'Key');
    return elementsOf(answer, 'UploadId').filter((_, at) => keys[at] === key);
  }

  private async ask(method: Method, key: string, wish: Wish): Promise<string> {
    const answer = await this.send(method, key, wish);
    return answer === null ? '' : this.reading(() => answer.text());
  }

  /** Null: what may lack lacks. */
  private async send(
    method: Method,
    key: string,
    { query = {}, body, mayLack = false, isStream = false }: Wish,
  ): Promise<Response | null> {
    const target = new URL(key === '' ? this.url : `${this.url}/${key}`);
    for (const [name, value] of Object.entries(query)) target.searchParams.set(name, value);
    const answer = await this.reading(() =>
      this.client.fetch(target, {
        method,
        // Signed with the content, so that what is stored is what was sent, also without TLS.
        headers: { 'x-amz-content-sha256': sha256(body ?? '') },
        redirect: 'manual',
        ...(body === undefined ? {} : { body }),
        ...(isStream ? {} : { signal: AbortSignal.timeout(PATIENCE) }),
      }),
    );
    if (answer.ok) return answer;
    const [code = 'without a reason'] = elementsOf(await this.reading(() => answer.text()), 'Code');
    if (answer.status === 404 && mayLack && code !== 'NoSuchBucket') return null;
    throw this.failed(answer.status, code);
  }

  private async reading<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      const reason = reasonOf(error);
      throw new BucketError(
        `Nothing answers at ${this.url}: ${reason}. Look whether the storage runs, and whether MAK_S3_URL is right.`,
        { cause: error },
      );
    }
  }

  private failed(status: number, code: string): BucketError {
    const what = `${this.url} answers ${status} ${code}.`;
    if (status === 401 || status === 403)
      return new BucketError(
        `${what} Look at MAK_S3_KEY_ID, MAK_S3_SECRET and MAK_S3_REGION, at what the key may do, and at the clock of this machine.`,
      );
    if (code === 'NoSuchBucket')
      return new BucketError(`${what} Make the bucket, or correct MAK_S3_URL.`);
    if (status >= 300 && status < 400)
      return new BucketError(
        `${what} The bucket is elsewhere: correct MAK_S3_URL and MAK_S3_REGION.`,
      );
    return new BucketError(what);
  }

  private strange(what: string): BucketError {
    return new BucketError(`${this.url} ${what}. Is that an S3-compatible storage?`);
  }
}

function sha256(body: Uint8Array | string): string {
  return createHash('sha256').update(body).digest('hex');
}

/** The code of what is wrong with the network, which stands in the cause. */
function reasonOf(error: unknown): string {
  const { name, code, cause } = error as { name?: string; code?: unknown; cause?: unknown };
  if (typeof code === 'string') return code;
  return cause === undefined ? (name ?? 'unknown') : reasonOf(cause);
}
