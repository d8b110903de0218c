import { useApolloClient } from '@apollo/client/react';
import { useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { Button } from 'twenty-ui/input';
import { changesOf } from '../../app/data/save-versioned.ts';
import { useVersionedSave } from '../../app/data/use-versioned-save.ts';
import { AuctionRulesDocument, SaveAuctionRulesDocument } from '../../generated/graphql.ts';
import { ValuesConflict } from '../../ui/conflict/values-conflict.tsx';
import { Form } from '../../ui/form/form.tsx';
import { SectionActions, Sections } from '../../ui/section/section.tsx';
import { useSnackbar } from '../../ui/snackbar/snackbar.tsx';
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

/** All rules are saved together. What is typed stays when others save meanwhile. */
export function RulesForm({ seen, currency }: RulesFormProps) {
  const { t } = useLingui();
  const snackbar = useSnackbar();
  const client = useApolloClient();
  const { labels, show } = useRuleTexts();
  const [base, setBase] = useState(seen);
  const [draft, setDraft] = useState(seen);
  const changes = changesOf(base, draft);
  const isChanged = Object.keys(changes).length > 0;
  // Somebody else saved while nothing was being edited here.
  if (!isChanged && base.version !== seen.version) {
    setBase(seen);
    setDraft(seen);
  }
  const read = async (): Promise<RulesDraft> => {
    const { data } = await client.query({
      query: AuctionRulesDocument,
      fetchPolicy: 'network-only',
    });
    if (data === undefined) throw new Error('The answer has no data.');
    return draftOf(data.auctionRules, currency);
  };
  const { problem, busy, conflict, save, keepMine, takeTheirs } = useVersionedSave<RulesDraft>({
    read,
    send: async (version, part) => {
      // Rules are saved as a whole; what was not changed here stays as it is there.
      const now = version === base.version ? base : await read();
      const input = inputOf({ ...now, ...part, version }, currency);
      if (input === null) throw new Error('The form has a field without a value.');
      const { data } = await client.mutate({
        mutation: SaveAuctionRulesDocument,
        variables: { input },
      });
      if (data === undefined || data === null) throw new Error('The answer has no data.');
      return draftOf(data.saveAuctionRules, currency);
    },
    onSaved: (now) => {
      setBase(now);
      setDraft(now);
      snackbar.success(t`Saved`);
    },
  });
  const isWhole = inputOf(draft, currency) !== null;
  const fields: RulesProps = { draft, onChange: (part) => setDraft({ ...draft, ...part }) };
  return (
    <Form problem={problem} onSubmit={() => save(base, changes)}>
      <Sections>
        <BiddersFields {...fields} />
        <ShownFields {...fields} currency={currency} />
        <NewLotFields {...fields} currency={currency} />
        <UnsoldFields {...fields} />
        <ReturnsFields {...fields} />
        {isChanged && !isWhole && (
          <p role="status">{t`A field is empty or has a value that cannot be used.`}</p>
        )}
        <SectionActions>
          <Button
            type="submit"
            title={t`Save`}
            variant="primary"
            accent="blue"
            disabled={busy || !isChanged || !isWhole}
          />
          {isChanged && (
            <Button
              type="button"
              title={t`Discard changes`}
              variant="secondary"
              onClick={() => setDraft(base)}
            />
          )}
        </SectionActions>
      </Sections>
      {conflict !== null && (
        <ValuesConflict
          rows={conflict.fields.map((field) => ({
            label: labels[field],
            mine: show(conflict.changes, field),
            theirs: show(conflict.now, field),
          }))}
          onKeepMine={() => void keepMine()}
          onTakeTheirs={() => void takeTheirs()}
        />
      )}
    </Form>
  );
}
