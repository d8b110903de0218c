import { getApplicationVariable } from 'twenty-sdk/front-component';

/** Where MaK is, without a slash at the end; null as long as no admin of the workspace has said it. */
export function makAddress(): string | null {
  const said = getApplicationVariable('MAK_URL')?.trim() ?? '';
  return /^https?:\/\/[^\s/]/.test(said) ? said.replace(/\/+$/, '') : null;
}
