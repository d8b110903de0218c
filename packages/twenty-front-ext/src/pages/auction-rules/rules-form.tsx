import { useApolloClient } from '@apollo/client/react';
import { useLingui } from '@lingui/react/macro';
import { AuctionRulesDocument, SaveAuctionRulesDocument } from '../../generated/graphql.ts';
import { useVersionedForm } from '../../parts/versioned-form/use-versioned-form.ts';
import { VersionedForm } from '../../parts/versioned-form/versioned-form.tsx';
import { BiddersFields } from './bidders-fields.tsx';
import { NewLotFields } from './new-lot-fields.tsx';
import { draftOf, inputOf } from './rules-draft.ts';
import type { RulesDraft } from './rules-draft.ts';
import { ReturnsFields } from './returns-fields.tsx';
import { ShownFields } from './shown-fields.tsx';
import { UnsoldFields } from './unsold-fields.tsx';
import { useRuleTexts } from './use-rule-texts.ts';

/** Each part of the form. */
export interface RulesProps {
  readonly draft: RulesDraft;
  readonly onChange: (part: Partial<RulesDraft>) => void;
}

interface RulesFormProps {
  /** As the server has it now. */
  readonly seen: RulesDraft;
  readonly currency: string;
}

/** All rules are saved together. */
export function RulesForm({ seen, currency }: RulesFormProps) {
  const { t } = useLingui();
  const client = useApolloClient();
  const form = useVersionedForm<RulesDraft>({
    seen,
    read: async () => {
      const { data } = await client.query({
        query: AuctionRulesDocument,
        fetchPolicy: 'network-only',
      });
      if (data === undefined) throw new Error('The answer has no data.');
      return draftOf(data.auctionRules, currency);
    },
    // Rules are saved as a whole; what was not changed here stays as it is there.
    send: async (_version, _part, whole) => {
      const input = inputOf(whole, currency);
      if (input === null) throw new Error('The form has a field without a value.');
      const { data } = await client.mutate({
        mutation: SaveAuctionRulesDocument,
        variables: { input },
      });
      if (data === undefined || data === null) throw new Error('The answer has no data.');
      return draftOf(data.saveAuctionRules, currency);
    },
  });
  const { values: draft, setValues } = form;
  const isWhole = inputOf(draft, currency) !== null;
  const fields: RulesProps = { draft, onChange: (part) => setValues({ ...draft, ...part }) };
  return (
    <VersionedForm
      form={form}
      {...useRuleTexts()}
      obstacle={isWhole ? null : t`A field is empty or has a value that cannot be used.`}
    >
      <BiddersFields {...fields} />
      <ShownFields {...fields} currency={currency} />
      <NewLotFields {...fields} currency={currency} />
      <UnsoldFields {...fields} />
      <ReturnsFields {...fields} />
    </VersionedForm>
  );
}
