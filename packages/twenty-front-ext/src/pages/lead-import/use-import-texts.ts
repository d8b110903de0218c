import { useLingui } from '@lingui/react/macro';

/** Words for the fields that a column can be, and for how an import stands. */
export function useImportTexts() {
  const { t } = useLingui();
  const fields: Readonly<Record<string, string>> = {
    name: t`Name`,
    phone: t`Telephone`,
    email: t`E-mail`,
    city: t`City`,
    niche: t`Niche`,
    legal_form: t`Legal form`,
    source: t`Source`,
    handling: t`Handling`,
    status: t`Status`,
    amount: t`Amount`,
    currency: t`Currency`,
    comment: t`Comment`,
    consent: t`Consent`,
    responsible: t`Responsible`,
    partner: t`Partner`,
    external_id: t`Id in another system`,
  };
  const statuses: Readonly<Record<string, string>> = {
    uploaded: t`Uploaded`,
    checking: t`Dry run`,
    checked: t`Dry run done`,
    running: t`Import`,
    done: t`Imported`,
    failed: t`Failed`,
    cancelled: t`Cancelled`,
  };
  return { fields, statuses };
}

/** Fields that only the office says. */
export const OFFICE_FIELDS: ReadonlySet<string> = new Set([
  'source',
  'status',
  'responsible',
  'partner',
  'external_id',
]);
