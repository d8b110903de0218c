import { page, problem } from './answers.ts';
import type { Answer } from './answers.ts';
import type { Call, Route } from './call.ts';
import { complexRoute, recordRoutes } from './record-routes.ts';
import { SETTINGS_ROUTES } from './settings-routes.ts';
import { WEBHOOK_ROUTES } from './webhook-routes.ts';
import { WORK_ROUTES } from './work-routes.ts';

interface CompiledRoute {
  readonly method: string;
  readonly pattern: RegExp;
  readonly handler: Route[2];
}

/** In the order in which they are tried: words come before numbers by their patterns. */
const ROUTES: readonly CompiledRoute[] = [
  complexRoute,
  ...SETTINGS_ROUTES,
  ...WORK_ROUTES,
  ...WEBHOOK_ROUTES,
  ...recordRoutes('leads'),
  ...recordRoutes('contacts'),
  ...recordRoutes('companies'),
].map(([method, path, handler]) => ({
  method,
  pattern: new RegExp(
    `^${path.replace(':id', String.raw`(\d{1,15})`).replace(':sub', String.raw`(\d{1,15})`)}$`,
  ),
  handler,
}));

const BASE = '/api/v4';

export type ApiCall = Omit<Call, 'id' | 'subId' | 'unknown'> & { readonly method: string };

/** The answer to a call of the API. Throws a `Refused` for what is not answered. */
export function answerTo(call: ApiCall, unknownIdStatus: 204 | 404): Answer {
  const path = call.url.pathname.startsWith(`${BASE}/`) ? call.url.pathname.slice(BASE.length) : '';
  const matching = ROUTES.flatMap((route) => {
    const [, id = '0', subId = '0'] = route.pattern.exec(path) ?? [];
    return route.pattern.test(path) ? [{ route, id: Number(id), subId: Number(subId) }] : [];
  });
  const found = matching.find(({ route }) => route.method === call.method);
  if (found === undefined)
    throw matching.length === 0 ? problem(404, 'Not Found') : problem(405, 'Method Not Allowed');
  const { route, id, subId } = found;
  return route.handler({ ...call, id, subId, unknown: () => unknownAnswer(unknownIdStatus) });
}

/** Whether a path is of the API at all; all else is answered by the web server in front of it. */
export function requireApi(pathname: string): void {
  if (!pathname.startsWith(`${BASE}/`)) throw page(404, 'Not Found');
}

function unknownAnswer(status: 204 | 404): Answer {
  if (status === 404) throw problem(404, 'Not Found');
  return { status: 204, type: 'application/hal+json', body: null };
}
