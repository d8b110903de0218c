import { CLIENT_IMPORT_FIELDS } from 'twenty-mak-domain';
import {
  CancelClientImportDocument,
  ClientImportDocument,
  ClientImportPreviewDocument,
  ClientImportProfilesDocument,
  ClientImportsDocument,
  DryRunClientImportDocument,
  SaveClientImportProfileDocument,
  StartClientImportDocument,
} from '../../generated/graphql.ts';
import type { ImportKind } from '../../parts/imports/import-kind.ts';
import { ImportPages } from '../../parts/imports/import-pages.tsx';
import { ClientSettings } from './client-settings.tsx';
import { useClientChoices, useClientTexts } from './use-client-texts.ts';

const CLIENTS: ImportKind = {
  documents: {
    list: ClientImportsDocument,
    one: ClientImportDocument,
    preview: ClientImportPreviewDocument,
    profiles: ClientImportProfilesDocument,
    saveProfile: SaveClientImportProfileDocument,
    dryRun: DryRunClientImportDocument,
    start: StartClientImportDocument,
    cancel: CancelClientImportDocument,
  },
  permission: 'clients:import',
  path: '/clients/import',
  api: '/v1/clients',
  records: '/clients',
  fields: CLIENT_IMPORT_FIELDS,
  officeFields: new Set(['owner', 'external_id']),
  useTexts: useClientTexts,
  useChoices: useClientChoices,
  Settings: ClientSettings,
};

/** Clients from a file. */
export function Component() {
  return <ImportPages kind={CLIENTS} />;
}
