import { CliError } from '../local/cli-error.ts';
import { findService, loadSecrets, resolvePaths } from '../stack/index.ts';
import type { Paths } from '../stack/index.ts';

/** Where the server is, and the key of its operator. */
export interface Place {
  readonly url: string;
  readonly operatorKey: string;
  readonly paths: Paths;
}

/** The server of MAK_URL and MAK_OPERATOR_KEY, else the one of this checkout. Throws a CliError when there is none. */
export function findPlace(): Place {
  const paths = resolvePaths();
  const { MAK_URL: url, MAK_OPERATOR_KEY: operatorKey } = process.env;
  if (url) {
    if (operatorKey) return { url: new URL(url).origin, operatorKey, paths };
    throw new CliError(
      'MAK_URL is set and MAK_OPERATOR_KEY is not.',
      'Set both, or none of them to use the server of this checkout.',
    );
  }
  const api = findService(paths, 'api');
  if (api === null) throw new CliError('MaK is not running.', 'Run ./mak start first.');
  return {
    url: `http://127.0.0.1:${api.port}`,
    operatorKey: operatorKey || loadSecrets(paths).operatorKey,
    paths,
  };
}
