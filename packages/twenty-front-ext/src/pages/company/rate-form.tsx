import { useMutation } from '@apollo/client/react';
import { useLingui } from '@lingui/react/macro';
import { useId, useMemo, useState } from 'react';
import { Button } from 'twenty-ui/input';
import { useAttempt } from '../../app/data/use-attempt.ts';
import { useTenant } from '../../app/shell/tenant.tsx';
import { ExchangeRateListDocument, SetExchangeRateDocument } from '../../generated/graphql.ts';
import { Form } from '../../ui/form/form.tsx';
import { Suggestions } from '../../ui/form/suggestions.tsx';
import { TextField } from '../../ui/form/text-field.tsx';
import { FieldPair, SectionActions } from '../../ui/section/section.tsx';
import { useSnackbar } from '../../ui/snackbar/snackbar.tsx';

/** A new rate; it replaces one of the same currencies and day. */
export function RateForm() {
  const { t } = useLingui();
  const { currency } = useTenant();
  const snackbar = useSnackbar();
  const { problem, busy, run } = useAttempt();
  const [set] = useMutation(SetExchangeRateDocument, {
    refetchQueries: [ExchangeRateListDocument],
  });
  const listId = useId();
  const currencies = useMemo(() => Intl.supportedValuesOf('currency'), []);
  const [base, setBase] = useState('');
  const [quote, setQuote] = useState(currency);
  const [day, setDay] = useState('');
  const [rate, setRate] = useState('');
  const submit = async (): Promise<void> => {
    const input = {
      base: base.trim().toUpperCase(),
      quote: quote.trim().toUpperCase(),
      day,
      // People write the comma of their language.
      rate: rate.trim().replace(',', '.'),
    };
    const refused = await run(async () => {
      await set({ variables: { rate: input } });
    });
    if (refused !== null) return;
    setRate('');
    snackbar.success(t`Saved`);
  };
  return (
    <Form problem={problem} onSubmit={submit}>
      <FieldPair>
        <TextField
          label={t`One unit of`}
          placeholder="USD"
          required
          maxLength={3}
          list={listId}
          value={base}
          onChange={setBase}
        />
        <TextField
          label={t`Costs in`}
          required
          maxLength={3}
          list={listId}
          value={quote}
          onChange={setQuote}
        />
        <TextField
          label={t`Rate`}
          placeholder="41.2345"
          inputMode="decimal"
          required
          value={rate}
          onChange={setRate}
        />
        <TextField label={t`From day`} type="date" required value={day} onChange={setDay} />
      </FieldPair>
      <Suggestions id={listId} values={currencies} />
      <SectionActions>
        <Button type="submit" title={t`Set the rate`} variant="secondary" disabled={busy} />
      </SectionActions>
    </Form>
  );
}
