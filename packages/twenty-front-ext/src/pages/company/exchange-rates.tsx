import { useMutation, useQuery } from '@apollo/client/react';
import { useLingui } from '@lingui/react/macro';
import { IconTrash } from '@tabler/icons-react';
import { IconButton } from 'twenty-ui/input';
import { problemOf } from '../../app/data/problem.ts';
import {
  DeleteExchangeRateDocument,
  ExchangeRateListDocument,
  SetExchangeRateDocument,
} from '../../generated/graphql.ts';
import type { ExchangeRateListQuery } from '../../generated/graphql.ts';
import { Section } from '../../ui/section/section.tsx';
import { useSnackbar } from '../../ui/snackbar/snackbar.tsx';
import { ErrorState } from '../../ui/states/error-state.tsx';
import { useProblemText } from '../../ui/states/problem-text.ts';
import { Skeleton } from '../../ui/states/skeleton.tsx';
import { More, Table } from '../../ui/table/table.tsx';
import { RateForm } from './rate-form.tsx';

type Rate = ExchangeRateListQuery['exchangeRates']['items'][number];

/** What one currency costs in another, from which day on. */
export function ExchangeRates({ mayEdit }: { readonly mayEdit: boolean }) {
  const { t } = useLingui();
  const { data, error, loading, refetch, fetchMore } = useQuery(ExchangeRateListDocument, {
    notifyOnNetworkStatusChange: true,
  });
  const remove = useRemoval();
  const page = data?.exchangeRates;
  return (
    <Section
      title={t`Exchange rates`}
      text={t`Each holds from its day on, until a later one of the same pair.`}
    >
      {mayEdit && <RateForm />}
      {page === undefined && error === undefined && <Skeleton height={80} />}
      {page === undefined && error !== undefined && (
        <ErrorState problem={problemOf(error)} onRetry={() => void refetch()} />
      )}
      {page !== undefined && page.items.length === 0 && (
        <p>{t`There are no rates yet; sums of other currencies are not converted.`}</p>
      )}
      {page !== undefined && page.items.length > 0 && (
        <div>
          <Table
            label={t`Exchange rates`}
            head={[t`From day`, t`Currencies`, t`Rate`]}
            actions={mayEdit}
          >
            {page.items.map((rate) => (
              <RateRow
                key={`${rate.day} ${rate.base} ${rate.quote}`}
                rate={rate}
                {...(mayEdit ? { onRemove: () => void remove(rate) } : {})}
              />
            ))}
          </Table>
          <More
            next={page.next}
            busy={loading}
            onMore={(cursor) => void fetchMore({ variables: { cursor } })}
          />
        </div>
      )}
    </Section>
  );
}

function RateRow({
  rate: { base, quote, day, rate },
  onRemove,
}: {
  readonly rate: Rate;
  readonly onRemove?: () => void;
}) {
  const { t } = useLingui();
  return (
    <tr>
      <td>{day}</td>
      <td>
        {base} → {quote}
      </td>
      <td>{rate}</td>
      {onRemove !== undefined && (
        <td>
          <IconButton
            Icon={IconTrash}
            variant="tertiary"
            size="small"
            ariaLabel={t`Delete the rate of ${base} in ${quote} from ${day}`}
            onClick={onRemove}
          />
        </td>
      )}
    </tr>
  );
}

/** Deletes a rate; it can be brought back. */
function useRemoval(): (rate: Rate) => Promise<void> {
  const { t } = useLingui();
  const snackbar = useSnackbar();
  const textOf = useProblemText();
  const again = { refetchQueries: [ExchangeRateListDocument] };
  const [drop] = useMutation(DeleteExchangeRateDocument, again);
  const [set] = useMutation(SetExchangeRateDocument, again);
  const tell = (error: unknown): void => snackbar.error(textOf(problemOf(error)));
  return async ({ base, quote, day, rate }) => {
    try {
      await drop({ variables: { base, quote, day } });
      snackbar.success(t`The rate is deleted.`, {
        label: t`Undo`,
        run: () => {
          set({ variables: { rate: { base, quote, day, rate } } }).catch(tell);
        },
      });
    } catch (error) {
      tell(error);
    }
  };
}
