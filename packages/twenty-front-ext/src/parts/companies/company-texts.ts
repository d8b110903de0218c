import { useLingui } from '@lingui/react/macro';
import type { CompanyKind, LegalForm } from '../../generated/graphql.ts';

export const COMPANY_KINDS = ['partner', 'franchisee'] as const satisfies readonly CompanyKind[];
export const LEGAL_FORMS = ['sole_trader', 'company'] as const satisfies readonly LegalForm[];

export function useLegalFormNames(): Readonly<Record<LegalForm, string>> {
  const { t } = useLingui();
  return { sole_trader: t`Sole trader`, company: t`Legal entity` };
}
