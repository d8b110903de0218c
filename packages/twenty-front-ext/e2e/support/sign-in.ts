import { expect } from '@playwright/test';
import type { APIRequestContext } from '@playwright/test';
import { ADDRESS } from './stack.ts';

/** Signs in without the page. All journeys share an address; its attempts may be used up, and a while later they are not. */
export async function signInBy(
  request: APIRequestContext,
  { email, password }: { readonly email: string; readonly password: string },
): Promise<void> {
  await expect(async () => {
    const answer = await request.post('/v1/auth/sign-in/email', {
      data: { email, password },
      headers: { origin: ADDRESS },
    });
    expect(answer.status(), await answer.text()).toBe(200);
  }).toPass({ intervals: [1_500], timeout: 15_000 });
}
