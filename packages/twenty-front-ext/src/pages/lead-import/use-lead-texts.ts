import { useLingui } from '@lingui/react/macro';

/** How the pages of an import speak of leads. */
export function useLeadTexts() {
  const { t } = useLingui();
  return {
    title: t`Import leads`,
    back: t`To the leads`,
    stays: t`Leads that came in stay.`,
    created: t`New leads`,
    warned: t`New, though known already`,
    merged: t`Merged into leads that were there`,
  };
}
