import { useLingui } from '@lingui/react/macro';

/** How the pages of an import speak of clients. */
export function useClientTexts() {
  const { t } = useLingui();
  return {
    title: t`Import clients`,
    back: t`To the clients`,
    stays: t`Clients that came in stay.`,
    created: t`New clients`,
    warned: null,
    merged: t`Rows for clients that were there`,
  };
}

/** Words that rows may say for a field of clients. */
export function useClientChoices() {
  const { t } = useLingui();
  const kinds = [
    { value: 'company', label: t`Company` },
    { value: 'person', label: t`Person` },
  ];
  return (field: string) => (field === 'kind' ? kinds : []);
}
