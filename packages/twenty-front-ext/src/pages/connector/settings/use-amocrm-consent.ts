import { useApolloClient } from '@apollo/client/react';
import { useLingui } from '@lingui/react/macro';
import { useEffect, useRef, useState } from 'react';
import { useSearchParams } from 'react-router-dom';
import { Problem } from '../../../app/data/problem.ts';
import { useAttempt } from '../../../app/data/use-attempt.ts';
import { useRequests } from '../../../app/data/use-requests.ts';
import { ConnectorListDocument } from '../../../generated/graphql.ts';
import { useSnackbar } from '../../../ui/snackbar/snackbar.tsx';

/** What the person types; empty is as it was the last time. */
export interface Integration {
  readonly address: string;
  readonly clientId: string;
  readonly clientSecret: string;
}

interface Consent {
  /** What the integration in amoCRM has to name; null until it is known. */
  readonly redirectUri: string | null;
  readonly problem: Problem | null;
  readonly busy: boolean;
  /** Leaves the page for amoCRM, which leads back to it. */
  readonly ask: (integration: Integration) => Promise<void>;
}

/** Access to an account of amoCRM: asked for there, and taken when the browser comes back with it. */
export function useAmocrmConsent(): Consent {
  const { t } = useLingui();
  const { request } = useRequests();
  const client = useApolloClient();
  const snackbar = useSnackbar();
  const { problem, busy, run } = useAttempt();
  const [params, setParams] = useSearchParams();
  const [redirectUri, setRedirectUri] = useState<string | null>(null);
  const taken = useRef<string | null>(null);

  useEffect(() => {
    request<{ readonly redirect_uri: string }>('/v1/amocrm/consent').then(
      ({ redirect_uri }) => setRedirectUri(redirect_uri),
      // The page works without; who connects for the first time sees that it is missing.
      () => undefined,
    );
  }, [request]);

  useEffect(() => {
    const state = params.get('state');
    // What amoCRM gives is used once, however often the page is drawn.
    if (state === null || taken.current === state) return;
    taken.current = state;
    const [code, referer] = [params.get('code'), params.get('referer') ?? ''];
    setParams({}, { replace: true });
    void run(async () => {
      if (code === null) throw new Problem('consent_denied', 'amoCRM gave no access.');
      const body = { state, code, referer };
      await request('/v1/amocrm/consent/complete', { method: 'POST', body });
      await client.refetchQueries({ include: [ConnectorListDocument] });
      snackbar.success(t`amoCRM is connected.`);
    });
  });

  const ask = async ({ address, clientId, clientSecret }: Integration): Promise<void> => {
    const body = Object.fromEntries(
      Object.entries({ address, client_id: clientId, client_secret: clientSecret })
        .map(([name, text]) => [name, text.trim()] as const)
        .filter(([, text]) => text !== ''),
    );
    await run(async () => {
      const { url } = await request<{ readonly url: string }>('/v1/amocrm/consent', {
        method: 'POST',
        body,
      });
      window.location.assign(url);
    });
  };
  return { redirectUri, problem, busy, ask };
}
