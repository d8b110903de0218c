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
    kind: t`Company or person`,
    industry: t`Industry`,
    size: t`Size`,
    budget_band: t`Budget band`,
    client_type: t`Client type`,
    segments: t`Segments`,
    key_account: t`Key account`,
    owner: t`Owner`,
    contact_name: t`Name of the contact`,
    contact_position: t`Position of the contact`,
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
