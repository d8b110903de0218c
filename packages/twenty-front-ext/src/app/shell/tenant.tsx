import { useQuery } from '@apollo/client/react';
import { createContext, useContext, useMemo } from 'react';
import type { ReactNode } from 'react';
import { TenantDocument } from '../../generated/graphql.ts';
import type { TenantQuery } from '../../generated/graphql.ts';
import { ClockProvider } from '../../ui/clock/clock.tsx';
import { TimeZoneProvider } from '../../ui/format/use-format.tsx';
import { ErrorState } from '../../ui/states/error-state.tsx';
import { PageSkeleton } from '../../ui/states/skeleton.tsx';
import { problemOf } from '../data/problem.ts';

type Tenant = TenantQuery['tenant'];
type Me = TenantQuery['me'];

const TenantContext = createContext<Tenant | null>(null);
const MeContext = createContext<Me | null>(null);

/** Currency, time zone and clock of the tenant, and what the person may do in it, for every page below. */
export function TenantProvider({ children }: { readonly children: ReactNode }) {
  const { data, error, refetch } = useQuery(TenantDocument);
  const frozenAt = data?.tenant.clockFrozenAt ?? null;
  const clock = useMemo(
    () =>
      frozenAt === null
        ? { now: () => Date.now(), frozen: false }
        : { now: () => Date.parse(frozenAt), frozen: true },
    [frozenAt],
  );
  if (data === undefined) {
    if (error === undefined) return <PageSkeleton />;
    return <ErrorState problem={problemOf(error)} onRetry={() => void refetch()} />;
  }
  return (
    <TenantContext value={data.tenant}>
      <MeContext value={data.me}>
        <TimeZoneProvider timeZone={data.tenant.timeZone}>
          <ClockProvider clock={clock}>{children}</ClockProvider>
        </TimeZoneProvider>
      </MeContext>
    </TenantContext>
  );
}

export function useTenant(): Tenant {
  const tenant = useContext(TenantContext);
  if (tenant === null) throw new Error('useTenant is used outside of TenantProvider');
  return tenant;
}

/** Whether the person may do it; pages leave out what they may not. The server decides anew with every request. */
export function useMay(permission: string): boolean {
  const me = useContext(MeContext);
  return me?.permissions.includes(permission) ?? false;
}

/** Id of the person's account in this tenant. */
export function useAccountId(): string | null {
  return useContext(MeContext)?.account?.id ?? null;
}
