import { useCallback, useEffect } from 'react';
import type { ReactNode } from 'react';
import { useLocale, useTranslate } from 'twenty-sdk/front-component';
import { followDeal } from '../mak/live.ts';
import { dealOfRecord } from '../twenty/records.ts';
import { formatInstant } from '../ui/language.ts';
import { ProblemMessage, Waiting } from '../ui/state.tsx';
import { column, heading, page, theme } from '../ui/theme.ts';
import { useAnswer } from '../ui/use-answer.ts';
import { progressOf } from './deal-progress.ts';
import { Gates } from './gates.tsx';
import { LatestEvents } from './latest-events.tsx';
import { SlaClocks } from './sla-clocks.tsx';
import { StagePath } from './stage-path.tsx';

/** Where a deal stands, live: its way through the stages, its gates, its clocks and what happened last. */
export function Progress({ recordId }: { readonly recordId: string }) {
  const { t } = useTranslate();
  const locale = useLocale();
  const ask = useCallback(async () => progressOf((await dealOfRecord(recordId)).makId), [recordId]);
  const { answer, again } = useAnswer(ask);
  const dealId = answer.state === 'ready' ? answer.value.id : null;
  useEffect(() => (dealId === null ? undefined : followDeal(dealId, again)), [dealId, again]);

  if (answer.state === 'waiting') return <Waiting />;
  if (answer.state === 'failed') return <ProblemMessage problem={answer.problem} onRetry={again} />;
  const deal = answer.value;
  return (
    <div style={page}>
      <Section title={t('Stage')}>
        <StagePath path={deal.path} />
        <span style={{ color: theme.textTertiary }}>
          {deal.businessStage !== null && `${deal.businessStage} · `}
          {t('since {time}', { time: formatInstant(locale, deal.stageStartedAt) })}
        </span>
      </Section>
      <Section title={t('Gates')}>
        <Gates gates={deal.gates} />
      </Section>
      {deal.slaRuns.length > 0 && (
        <Section title={t('SLA')}>
          <SlaClocks runs={deal.slaRuns} />
        </Section>
      )}
      <Section title={t('Latest events')}>
        <LatestEvents deal={deal} />
      </Section>
    </div>
  );
}

function Section({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <section style={{ ...column, gap: 8 }}>
      <h3 style={heading}>{title}</h3>
      {children}
    </section>
  );
}
