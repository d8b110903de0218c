import type { Page } from '@playwright/test';

export interface LateAnswer {
  /** Resolves when the server has answered. */
  readonly held: Promise<void>;
  /** Lets the answer through to the page. */
  readonly release: () => void;
}

/** Keeps the answer to the next question of a name on its way, so that it is older than what happens meanwhile. */
export async function holdNext(page: Page, operation: string): Promise<LateAnswer> {
  const held = Promise.withResolvers<void>();
  const released = Promise.withResolvers<void>();
  let asked = false;
  await page.route('**/graphql', async (route) => {
    const { operationName } = route.request().postDataJSON() as { operationName: string };
    if (asked || operationName !== operation) return route.fallback();
    asked = true;
    const response = await route.fetch();
    held.resolve();
    await released.promise;
    return route.fulfill({ response });
  });
  return { held: held.promise, release: released.resolve };
}
