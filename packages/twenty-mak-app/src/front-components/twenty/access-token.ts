import { Problem } from '../mak/problem.ts';

/** Last token that twenty gave this component; it names the app, the workspace and the person who looks. */
let token = '';

async function accessToken(renew: boolean): Promise<string> {
  if (renew) token = (await frontComponentHostCommunicationApi.requestAccessTokenRefresh?.()) ?? '';
  else if (token === '') token = process.env['TWENTY_APP_ACCESS_TOKEN'] ?? '';
  if (token === '') throw new Problem('no_access_token', 'twenty gave this page no access token.');
  return token;
}

/** POSTs JSON with twenty's token; one that has run out is renewed once. Throws a Problem when nobody answers. */
export async function postAsMember(url: string, body: object): Promise<Response> {
  const ask = async (renew: boolean): Promise<Response> => {
    const headers = {
      authorization: `Bearer ${await accessToken(renew)}`,
      'content-type': 'application/json',
    };
    return post(url, body, headers);
  };
  const answer = await ask(false);
  return answer.status === 401 ? ask(true) : answer;
}

/** POSTs JSON. Throws a Problem when nobody answers. */
export async function post(
  url: string,
  body: object,
  headers: Readonly<Record<string, string>> = { 'content-type': 'application/json' },
): Promise<Response> {
  try {
    return await fetch(url, { method: 'POST', headers, body: JSON.stringify(body) });
  } catch {
    throw new Problem('unreachable', `${url} does not answer.`);
  }
}
