import { useLingui } from '@lingui/react/macro';
import { Link } from 'react-router-dom';
import { useMay } from '../../app/shell/tenant.tsx';
import type { WalletFiguresFragment } from '../../generated/graphql.ts';
import { useAuctionWords } from '../../parts/auction/use-auction-words.ts';

type LotLinkProps = Pick<WalletFiguresFragment['holds'][number], 'lotId' | 'lot'>;

/** The lot that money is about, called as its own page is; a link for who may see lots. */
export function LotLink({ lotId, lot }: LotLinkProps) {
  const { t } = useLingui();
  const words = useAuctionWords();
  const maySee = useMay('auction:read');
  const name = lot === null ? t`Lot` : words.name(lot);
  return maySee ? <Link to={`/auction/${lotId}`}>{name}</Link> : name;
}
