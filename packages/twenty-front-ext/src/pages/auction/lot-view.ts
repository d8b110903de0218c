import { useSearchParams } from 'react-router-dom';
import { useIsCompany } from '../../app/shell/is-company.ts';
import { useMay } from '../../app/shell/tenant.tsx';
import type { LotKind, LotListPhase, LotScope } from '../../generated/graphql.ts';

/** Which lots the page shows; it stands in the address. */
export interface LotView {
  readonly scope: LotScope;
  readonly phase: Extract<LotListPhase, 'active' | 'closed'>;
  readonly kind: LotKind | null;
  readonly city: string | null;
  readonly niche: string | null;
  readonly source: string | null;
  /** Where the band of the leads' amounts begins, in minor units. */
  readonly amountBand: number | null;
}

const KINDS: readonly LotKind[] = ['ascending', 'sealed', 'descending'];

/** Lists that make sense for who looks: bidders have bids, sellers have lots of their own. */
export function useScopes(): readonly LotScope[] {
  const company = useIsCompany();
  const [bids, sells] = [useMay('auction:bid'), useMay('auction:sell')];
  return [
    ...(company && !bids ? [] : (['market'] as const)),
    ...(company && bids ? (['bidding'] as const) : []),
    ...(sells ? (['selling'] as const) : []),
    'followed',
  ];
}

/** The view of the address, and how it changes. */
export function useLotView(): readonly [LotView, (change: Partial<LotView>) => void] {
  const scopes = useScopes();
  const [params, setParams] = useSearchParams();
  const view: LotView = {
    scope: scopes.find((one) => one === params.get('list')) ?? scopes[0] ?? 'market',
    phase: params.get('phase') === 'closed' ? 'closed' : 'active',
    kind: KINDS.find((one) => one === params.get('kind')) ?? null,
    city: params.get('city'),
    niche: params.get('niche'),
    source: params.get('source'),
    amountBand: readBand(params.get('amountBand')),
  };
  const change = (part: Partial<LotView>): void => {
    const { scope, ...rest } = { ...view, ...part };
    const entries = Object.entries({ list: scope === scopes[0] ? null : scope, ...rest });
    const next = entries.filter(
      ([name, value]) => value !== null && `${name}=${value}` !== 'phase=active',
    );
    setParams(new URLSearchParams(next.map(([name, value]) => [name, String(value)])), {
      replace: true,
    });
  };
  return [view, change];
}

function readBand(text: string | null): number | null {
  return text !== null && /^\d{1,13}$/.test(text) ? Number(text) : null;
}
