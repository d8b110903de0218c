import { useCallback, useEffect, useState } from 'react';
import { problemOf } from '../../app/data/problem.ts';
import type { Problem } from '../../app/data/problem.ts';
import { useRequests } from '../../app/data/use-requests.ts';

export interface PaymentProvider {
  readonly provider: string;
  readonly created_at: string;
}

/** How a provider signs, and where it tells of payments. */
export interface ProviderSecret {
  readonly provider: string;
  readonly secret: string;
  readonly path: string;
}

const PROVIDERS = '/v1/wallet/providers';

/** Who may tell of payments into wallets. */
export function usePaymentProviders() {
  const { request } = useRequests();
  const [providers, setProviders] = useState<readonly PaymentProvider[] | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const read = useCallback(async (): Promise<void> => {
    setProblem(null);
    await request<readonly PaymentProvider[]>(PROVIDERS).then(setProviders, (error: unknown) =>
      setProblem(problemOf(error)),
    );
  }, [request]);
  useEffect(() => void read(), [read]);
  return {
    /** Null until they are loaded. */
    providers,
    problem,
    reload: () => void read(),
    admit: async (provider: string): Promise<ProviderSecret> => {
      const made = await request<ProviderSecret>(PROVIDERS, { method: 'POST', body: { provider } });
      await read();
      return made;
    },
    remove: async (provider: string): Promise<void> => {
      await request<void>(`${PROVIDERS}/${encodeURIComponent(provider)}`, { method: 'DELETE' });
      await read();
    },
  };
}
