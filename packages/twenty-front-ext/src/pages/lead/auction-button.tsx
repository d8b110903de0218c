import { useLingui } from '@lingui/react/macro';
import { IconGavel } from '@tabler/icons-react';
import { useNavigate } from 'react-router-dom';
import { Button } from 'twenty-ui/input';
import { useMay } from '../../app/shell/tenant.tsx';
import type { LeadDetailFragment } from '../../generated/graphql.ts';
import { isForSale } from '../../parts/auction/for-sale.ts';

/** Leads to a new lot with this lead in it. */
export function AuctionButton({ lead }: { readonly lead: LeadDetailFragment }) {
  const { t } = useLingui();
  const navigate = useNavigate();
  const sells = useMay('auction:sell');
  if (!sells || !isForSale(lead)) return null;
  return (
    <Button
      Icon={IconGavel}
      title={t`Put on auction`}
      variant="secondary"
      size="small"
      onClick={() => navigate(`/auction/new?leads=${lead.id}`)}
    />
  );
}
