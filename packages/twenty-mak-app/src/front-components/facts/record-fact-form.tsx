import { useCallback, useState } from 'react';
import { closeSidePanel, enqueueSnackbar, useTranslate } from 'twenty-sdk/front-component';
import { v7 } from 'uuid';
import { problemOf } from '../mak/problem.ts';
import type { Problem } from '../mak/problem.ts';
import { dealOfRecord } from '../twenty/records.ts';
import { Button } from '../ui/button.tsx';
import { eventValue } from '../ui/event-value.ts';
import { Empty, ProblemMessage, Waiting } from '../ui/state.tsx';
import { column, control, heading, page, theme } from '../ui/theme.ts';
import { useAnswer } from '../ui/use-answer.ts';
import { factsOf, recordFact } from './facts.ts';
import type { Fact } from './facts.ts';

const COMMENT_LENGTH = 2_000;

/** The short form by which a person says what has happened to a deal. The stage follows from it. */
export function RecordFactForm({ recordId }: { readonly recordId: string }) {
  const { t } = useTranslate();
  const ask = useCallback(async () => {
    const deal = await dealOfRecord(recordId);
    return { deal, facts: await factsOf(deal.makId) };
  }, [recordId]);
  const { answer, again } = useAnswer(ask);

  if (answer.state === 'waiting') return <Waiting />;
  if (answer.state === 'failed') return <ProblemMessage problem={answer.problem} onRetry={again} />;
  const { deal, facts } = answer.value;
  if (facts.length === 0)
    return <Empty text={t('There is no fact to record about this deal now.')} />;
  return <Form dealId={deal.makId} name={deal.name} facts={facts} />;
}

interface FormProps {
  readonly dealId: string;
  readonly name: string;
  readonly facts: readonly Fact[];
}

function Form({ dealId, name, facts }: FormProps) {
  const { t } = useTranslate();
  // No `crypto.randomUUID`: the worker that twenty runs components in is no secure context.
  const [eventId] = useState(() => v7());
  const [chosen, setChosen] = useState(0);
  const [comment, setComment] = useState('');
  const [sending, setSending] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const fact = facts[chosen];

  const choose = (event: unknown): void => setChosen(Number(eventValue(event) ?? chosen));
  const write = (event: unknown): void => setComment(eventValue(event) ?? comment);
  const record = async (): Promise<void> => {
    if (fact === undefined) return;
    setSending(true);
    setProblem(null);
    try {
      const occurredAt = new Date().toISOString();
      await recordFact({ eventId, dealId, fact, comment: comment.trim(), occurredAt });
      await enqueueSnackbar({ message: t('The fact is recorded.'), variant: 'success' });
      await closeSidePanel();
    } catch (error) {
      setProblem(problemOf(error));
      setSending(false);
    }
  };

  return (
    <div style={page}>
      <strong style={{ fontSize: 15 }}>{name}</strong>
      <label style={column}>
        <span style={heading}>{t('What has happened')}</span>
        <select value={String(chosen)} onChange={choose} style={control}>
          {facts.map(({ type, title }, index) => (
            <option key={`${type} ${index}`} value={String(index)}>
              {title ?? type}
            </option>
          ))}
        </select>
      </label>
      {fact?.ends != null && (
        <span style={{ color: theme.danger }}>
          {t('The deal ends with this. It can be opened again later.')}
        </span>
      )}
      <label style={column}>
        <span style={heading}>{t('Comment')}</span>
        <textarea
          value={comment}
          maxLength={COMMENT_LENGTH}
          rows={4}
          onInput={write}
          onChange={write}
          style={control}
        />
      </label>
      {problem !== null && <ProblemMessage problem={problem} />}
      <div>
        <Button
          primary
          title={sending ? t('Recording…') : t('Record')}
          disabled={sending || fact === undefined}
          onClick={() => void record()}
        />
      </div>
    </div>
  );
}
