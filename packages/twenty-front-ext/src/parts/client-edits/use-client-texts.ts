import { useLingui } from '@lingui/react/macro';
import type { ClientDraft, ClientField } from './client-draft.ts';

interface ClientTexts {
  readonly fields: Readonly<Record<ClientField, string>>;
  readonly kinds: Readonly<Record<ClientDraft['kind'], string>>;
  /** A field of a draft in words. */
  readonly value: (draft: ClientDraft, field: ClientField) => string;
}

/** Words for what is known about a client. */
export function useClientTexts(): ClientTexts {
  const { t } = useLingui();
  const kinds = { company: t`Company`, person: t`Person` };
  return {
    kinds,
    fields: {
      kind: t`Kind`,
      name: t`Name`,
      industry: t`Industry`,
      size: t`Size`,
      budgetBand: t`Budget`,
      clientType: t`Client type`,
      source: t`Source`,
      segments: t`Segments`,
      keyAccount: t`Key account`,
      owner: t`Owner`,
    },
    value: (draft, field) => {
      switch (field) {
        case 'kind':
          return kinds[draft.kind];
        case 'segments':
          return draft.segments.join(', ') || t`empty`;
        case 'keyAccount':
          return draft.keyAccount ? t`yes` : t`no`;
        case 'owner':
          return draft.owner?.name ?? t`nobody`;
        case 'name':
        case 'industry':
        case 'size':
        case 'budgetBand':
        case 'clientType':
        case 'source':
          return draft[field] || t`empty`;
      }
    },
  };
}
