import type { Page } from '@playwright/test';
import { presets } from 'twenty-mak-domain';
import type { PipelineDefinition } from 'twenty-mak-domain';
import { expect, test } from './journey.ts';

/** Journeys run side by side and again: each has pipelines of its own. */
export function ownKey(name: string): string {
  return `${name}-${Date.now().toString(36)}${Math.floor(Math.random() * 1e6).toString(36)}`;
}

/** The server accepts a session's changes only from its own pages. */
export function originHeader(): { readonly origin: string } {
  return { origin: new URL(test.info().project.use.baseURL ?? '').origin };
}

interface Saved {
  readonly key: string;
  readonly version: number;
}

/** A published pipeline like adtech, under a key of its own; made by the admin who is signed in. */
export async function createPipeline(
  page: Page,
  name: string,
  change: Partial<PipelineDefinition> = {},
): Promise<Saved> {
  const key = ownKey(name);
  const definition = { ...presets['adtech'], key, title: `Journey ${name}`, ...change };
  const answer = await page.request.post('/v1/pipelines', {
    data: { definition, publish: true },
    headers: originHeader(),
  });
  expect(answer.status(), await answer.text()).toBe(201);
  const { version } = (await answer.json()) as Saved;
  return { key, version };
}

/** The draft as the server has it, or what is published. */
export async function newestDefinition(page: Page, key: string): Promise<PipelineDefinition> {
  const answer = await page.request.get(`/v1/pipelines/${key}`);
  const { draft, definition } = (await answer.json()) as {
    draft: PipelineDefinition | null;
    definition: PipelineDefinition;
  };
  return draft ?? definition;
}

/** Somebody else saves a draft. */
export async function saveDraft(
  page: Page,
  key: string,
  change: Partial<PipelineDefinition>,
): Promise<void> {
  const { version } = (await (await page.request.get(`/v1/pipelines/${key}`)).json()) as Saved;
  const definition = { ...(await newestDefinition(page, key)), ...change };
  const answer = await page.request.put(`/v1/pipelines/${key}/draft`, {
    data: { version, definition },
    headers: originHeader(),
  });
  expect(answer.status(), await answer.text()).toBe(200);
}
