import { useSession } from '../session/session-provider.tsx';

/** Whether the person works for a partner or a franchisee, and so has a company of the own. */
export function useIsCompany(): boolean {
  const { role } = useSession().membership;
  return role === 'partner' || role === 'franchisee';
}
