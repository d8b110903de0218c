import { useCallback } from 'react';
import { AppPath, navigate, useLocale, useTranslate } from 'twenty-sdk/front-component';
import { dealsOf } from '../twenty/records.ts';
import type { ListedDeal } from '../twenty/records.ts';
import { formatInstant, languageOf } from '../ui/language.ts';
import { Empty, ProblemMessage, Waiting } from '../ui/state.tsx';
import { column, page, theme } from '../ui/theme.ts';
import { useAnswer } from '../ui/use-answer.ts';
import { useSingleRecord } from '../ui/use-single-record.ts';

const MICROS = 1_000_000;

function amountText(locale: string, { amount }: ListedDeal): string {
  if (amount?.amountMicros == null || !amount.currencyCode) return '';
  return new Intl.NumberFormat(languageOf(locale), {
    style: 'currency',
    currency: amount.currencyCode,
    maximumFractionDigits: 0,
  }).format(Number(amount.amountMicros) / MICROS);
}

interface DealListProps {
  /** The field of the deal that names the record whose page this is. */
  readonly relation: 'companyId' | 'pointOfContactId';
}

/** Deals of a company or person with their stages; a click opens one. */
export function DealList({ relation }: DealListProps) {
  const { t } = useTranslate();
  const recordId = useSingleRecord();
  const ask = useCallback(
    async () => (recordId === null ? { deals: [], total: 0 } : dealsOf(relation, recordId)),
    [relation, recordId],
  );
  const { answer, again } = useAnswer(ask);

  if (answer.state === 'waiting') return <Waiting />;
  if (answer.state === 'failed') return <ProblemMessage problem={answer.problem} onRetry={again} />;
  const { deals, total } = answer.value;
  if (deals.length === 0) return <Empty text={t('No master deals yet.')} />;
  return (
    <div style={page}>
      <ul style={{ ...column, margin: 0, padding: 0, listStyle: 'none' }}>
        {deals.map((deal) => (
          <DealRow key={deal.id} deal={deal} />
        ))}
      </ul>
      {total > deals.length && (
        <span style={{ color: theme.textTertiary }}>
          {t('{shown} of {total} are shown.', { shown: deals.length, total })}
        </span>
      )}
    </div>
  );
}

function DealRow({ deal }: { readonly deal: ListedDeal }) {
  const { t } = useTranslate();
  const locale = useLocale();
  const open = (): void => {
    void navigate(AppPath.RecordShowPage, {
      objectNameSingular: 'masterDeal',
      objectRecordId: deal.id,
    });
  };
  const details = [deal.stage?.name, deal.businessStage, amountText(locale, deal)];
  return (
    <li>
      <button
        type="button"
        onClick={open}
        style={{
          ...column,
          gap: 2,
          width: '100%',
          padding: '8px 12px',
          border: `1px solid ${theme.border}`,
          borderRadius: 8,
          background: theme.background,
          color: theme.text,
          font: 'inherit',
          textAlign: 'left',
          cursor: 'pointer',
        }}
      >
        <strong style={{ fontWeight: 500 }}>{deal.name || t('Untitled deal')}</strong>
        <span style={{ color: theme.textSecondary }}>{details.filter(Boolean).join(' · ')}</span>
        {deal.slaState === 'BREACHED' && deal.slaDueAt != null && (
          <span style={{ color: theme.danger }}>
            {t('SLA was due {due}', { due: formatInstant(locale, deal.slaDueAt) })}
          </span>
        )}
      </button>
    </li>
  );
}
