import { useLingui } from '@lingui/react/macro';
import type { LeadConsent } from '../../generated/graphql.ts';

/** What a person said, in words. */
export function useAnswerTexts(): Readonly<Record<LeadConsent, string>> {
  const { t } = useLingui();
  return {
    given: t`The person agrees`,
    refused: t`The person does not agree`,
    withdrawn: t`The person has taken the consent back`,
  };
}
