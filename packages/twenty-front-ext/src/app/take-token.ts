/**
 * The token of a link in a mail. It is taken out of the address at once, so that no history, log or picture of the screen
 * keeps it; another tab or a reload needs the link again.
 */
export function takeToken(): string {
  const search = new URLSearchParams(location.search);
  const token = search.get('token') ?? '';
  if (search.has('token')) history.replaceState(history.state, '', location.pathname);
  return token;
}
