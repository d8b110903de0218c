import { LEAD_IMPORT_FIELDS } from 'twenty-mak-domain';
import {
  CancelLeadImportDocument,
  DryRunLeadImportDocument,
  LeadImportDocument,
  LeadImportPreviewDocument,
  LeadImportProfilesDocument,
  LeadImportsDocument,
  SaveLeadImportProfileDocument,
  StartLeadImportDocument,
} from '../../generated/graphql.ts';
import type { ImportKind } from '../../parts/imports/import-kind.ts';
import { ImportPages } from '../../parts/imports/import-pages.tsx';
import { LeadSettings } from './lead-settings.tsx';
import { useLeadChoices } from './use-lead-choices.ts';
import { useLeadTexts } from './use-lead-texts.ts';

const LEADS: ImportKind = {
  documents: {
    list: LeadImportsDocument,
    one: LeadImportDocument,
    preview: LeadImportPreviewDocument,
    profiles: LeadImportProfilesDocument,
    saveProfile: SaveLeadImportProfileDocument,
    dryRun: DryRunLeadImportDocument,
    start: StartLeadImportDocument,
    cancel: CancelLeadImportDocument,
  },
  permission: 'leads:import',
  path: '/leads/import',
  api: '/v1/leads',
  records: '/leads',
  fields: LEAD_IMPORT_FIELDS,
  officeFields: new Set(['source', 'status', 'responsible', 'partner', 'external_id']),
  useTexts: useLeadTexts,
  useChoices: useLeadChoices,
  Settings: LeadSettings,
};

/** Leads from a file. */
export function Component() {
  return <ImportPages kind={LEADS} />;
}
