import { useLingui } from '@lingui/react/macro';
import { useCallback } from 'react';
import type { LeadContactState } from '../../generated/graphql.ts';

interface NamedLead {
  readonly title: string | null;
  readonly contact: {
    readonly state: LeadContactState;
    readonly name: string | null;
    readonly phones: readonly string[];
    readonly emails: readonly string[];
  };
}

/** What a lead is called: by its person as far as one may see who it is, else by the office. */
export function useLeadName(): (lead: NamedLead) => string {
  const { t } = useLingui();
  return useCallback(
    ({ title, contact: { state, name, phones, emails } }) => {
      switch (state) {
        case 'open':
          return name ?? title ?? phones[0] ?? emails[0] ?? t`Lead without a name`;
        case 'hidden':
          return title ?? t`Hidden contact`;
        case 'erased':
          return title ?? t`Erased person`;
      }
    },
    [t],
  );
}
