import { getApplicationVariable } from 'twenty-sdk/front-component';
import { Problem } from './problem.ts';

/** Where MaK is, without a slash at the end; null as long as no admin of the workspace has said it. */
export function makAddress(): string | null {
  const said = getApplicationVariable('MAK_URL')?.trim() ?? '';
  return /^https?:\/\/[^\s/]/.test(said) ? said.replace(/\/+$/, '') : null;
}

/** As above, where there is nothing to do without it. */
export function addressOrThrow(): string {
  const address = makAddress();
  if (address === null) throw new Problem('not_set_up', 'The address of MaK is not set.');
  return address;
}

/** Where one-time codes for this workspace are given out. */
export function sessionAddress(): string {
  const tenant = getApplicationVariable('MAK_TENANT')?.trim() ?? '';
  if (tenant === '') throw new Problem('not_set_up', 'The key of the company is not set.');
  return `${addressOrThrow()}/v1/twenty/${encodeURIComponent(tenant)}/session`;
}
