import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { startApp } from './app.ts';
import type { Answer, TestApp } from './app.ts';
import type {
  ImportAnswer,
  ImportDetailAnswer,
  ProfileBody,
} from '../../src/features/imports/imports.dto.ts';

/** Api, worker and their folder of files. */
export interface ImportStage {
  readonly api: TestApp;
  readonly worker: TestApp;
  readonly folder: string;
  close(): Promise<void>;
}

export async function importStage(): Promise<ImportStage> {
  const folder = mkdtempSync(join(tmpdir(), 'mak-imports-'));
  const env = { MAK_FILES_DIR: folder, MAK_POLL_INTERVAL_MS: '50' };
  const api = await startApp({ env });
  const worker = await startApp({ role: 'worker', database: api.database, env });
  return {
    api,
    worker,
    folder,
    close: async () => {
      await worker.close();
      await api.close();
      rmSync(folder, { recursive: true });
    },
  };
}

export interface Problem {
  readonly code: string;
  readonly title: string;
  readonly field?: string;
}

/** Calls of one who imports. */
export class Importer {
  constructor(
    private readonly api: TestApp,
    readonly key: string,
    private readonly records: 'leads' | 'clients' = 'leads',
  ) {}

  async upload<Body = ImportAnswer>(
    name: string,
    content: string | Uint8Array<ArrayBuffer>,
  ): Promise<Answer<Body>> {
    const response = await fetch(
      `${this.api.url}/v1/${this.records}/imports?${new URLSearchParams({ name }).toString()}`,
      {
        method: 'POST',
        headers: {
          authorization: `Bearer ${this.key}`,
          'content-type': 'application/octet-stream',
        },
        body: content,
      },
    );
    const body = (await response.json()) as Body;
    return { status: response.status, headers: response.headers, body };
  }

  call<Body = ImportAnswer>(path: string, body?: unknown): Promise<Answer<Body>> {
    return this.api.call<Body>(`/v1/${this.records}/${path}`, {
      key: this.key,
      ...(body === undefined ? {} : { body }),
    });
  }

  /** Uploads, does a dry run or an import, and waits for its end. */
  async run(
    step: 'check' | 'start',
    name: string,
    content: string | Uint8Array<ArrayBuffer>,
    profile: Partial<ProfileBody> & Pick<ProfileBody, 'columns'>,
    form: Record<string, string> = {},
  ): Promise<ImportDetailAnswer> {
    const { status, body } = await this.upload(name, content);
    if (status !== 201) throw new Error(`not uploaded: ${JSON.stringify(body)}`);
    const begun = await this.call(`imports/${body.id}/${step}`, { profile, ...form });
    if (begun.status !== 200) throw new Error(`not begun: ${JSON.stringify(begun.body)}`);
    return this.ended(body.id);
  }

  /** The import, once nobody works on it any more. */
  async ended(id: string): Promise<ImportDetailAnswer> {
    for (;;) {
      const { body } = await this.call<ImportDetailAnswer>(`imports/${id}`);
      if (body.status !== 'checking' && body.status !== 'running') return body;
      await sleep(30);
    }
  }
}
