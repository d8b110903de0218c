import { useLingui } from '@lingui/react/macro';
import { IconFileImport } from '@tabler/icons-react';
import { useNavigate } from 'react-router-dom';
import { Button } from 'twenty-ui/input';
import { useMay, useTenant } from '../../app/shell/tenant.tsx';
import { ExportMenu } from '../../parts/table-files/export-menu.tsx';
import { exportQuery } from './lead-filters.ts';
import type { LeadFilters } from './lead-filters.ts';

/** Leads from a file, and those of the filters as a file. */
export function LeadFiles({ filters }: { readonly filters: LeadFilters }) {
  const { t } = useLingui();
  const navigate = useNavigate();
  const mayImport = useMay('leads:import');
  const { timeZone } = useTenant();
  return (
    <>
      {mayImport && (
        <Button
          Icon={IconFileImport}
          title={t`Import`}
          variant="secondary"
          size="small"
          onClick={() => navigate('/leads/import')}
        />
      )}
      <ExportMenu
        name="leads"
        addressOf={(format) => `/v1/leads/export?${exportQuery(filters, format, timeZone)}`}
      />
    </>
  );
}
