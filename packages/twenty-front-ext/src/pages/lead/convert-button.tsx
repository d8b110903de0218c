import { useLingui } from '@lingui/react/macro';
import { IconTransform } from '@tabler/icons-react';
import { useState } from 'react';
import { Button } from 'twenty-ui/input';
import { useMay } from '../../app/shell/tenant.tsx';
import type { LeadDetailFragment } from '../../generated/graphql.ts';
import { ConvertDialog } from './convert-dialog.tsx';
import { useMayChange } from './use-may-change.ts';

/** Kinds that end a lead, or belong to somebody else for now. */
const NOT_NOW: ReadonlySet<string> = new Set(['auction', 'converted', 'rejected']);

/** Makes a deal of the lead. */
export function ConvertButton({ lead }: { readonly lead: LeadDetailFragment }) {
  const { t } = useLingui();
  const [open, setOpen] = useState(false);
  const [mayChange, mayDeal] = [useMayChange(lead), useMay('deals:write')];
  if (!mayChange || !mayDeal || NOT_NOW.has(lead.kind)) return null;
  return (
    <>
      <Button
        Icon={IconTransform}
        title={t`Convert`}
        variant="secondary"
        size="small"
        onClick={() => setOpen(true)}
      />
      {open && <ConvertDialog lead={lead} onClose={() => setOpen(false)} />}
    </>
  );
}
