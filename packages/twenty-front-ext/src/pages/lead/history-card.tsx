import { useMutation, useQuery } from '@apollo/client/react';
import { useLingui } from '@lingui/react/macro';
import {
  IconBuildingStore,
  IconMessage,
  IconProgressCheck,
  IconRoute,
  IconShieldCheck,
} from '@tabler/icons-react';
import { useState } from 'react';
import { Button } from 'twenty-ui/input';
import { useAttempt } from '../../app/data/use-attempt.ts';
import { CommentLeadDocument, PersonNameDocument } from '../../generated/graphql.ts';
import type { LeadDetailFragment } from '../../generated/graphql.ts';
import type { LeadWords } from '../../parts/leads/use-lead-words.ts';
import { Card } from '../../ui/card/card.tsx';
import { Form } from '../../ui/form/form.tsx';
import { TextArea } from '../../ui/form/text-area.tsx';
import { useFormat } from '../../ui/format/use-format.tsx';
import { Thread, ThreadItem } from '../../ui/thread/thread.tsx';
import { useAnswerTexts } from '../../parts/leads/use-answer-texts.ts';
import { usePersonName } from '../../parts/people/person-name.tsx';
import { useMayChange } from './use-may-change.ts';
import styles from './lead-page.module.css';

type Line = LeadDetailFragment['history'][number];

const ICONS = {
  status: IconProgressCheck,
  source: IconRoute,
  partner: IconBuildingStore,
  comment: IconMessage,
  consent: IconShieldCheck,
} as const;
const TONES = {
  status: 'blue',
  source: undefined,
  partner: undefined,
  comment: 'yellow',
  consent: undefined,
} as const;

interface HistoryCardProps {
  readonly lead: LeadDetailFragment;
  readonly words: LeadWords;
}

/** Moves, comments and answers about consent, newest first, those of merged leads too. */
export function HistoryCard({ lead, words }: HistoryCardProps) {
  const { t } = useLingui();
  const mayChange = useMayChange(lead);
  return (
    <Card title={t`History`}>
      {mayChange && <CommentForm id={lead.id} />}
      <Thread>
        {lead.history.map((line, index) => (
          <HistoryItem
            key={`${line.kind} ${line.at} ${lead.history.length - index}`}
            line={line}
            words={words}
            merged={line.ofLead !== lead.id}
          />
        ))}
      </Thread>
    </Card>
  );
}

interface HistoryItemProps {
  readonly line: Line;
  readonly words: LeadWords;
  /** It happened to a lead that was merged into this one. */
  readonly merged: boolean;
}

function HistoryItem({ line, words, merged }: HistoryItemProps) {
  const { t } = useLingui();
  const format = useFormat();
  const text = useLineText(line, words);
  const { kind, at, actorId, reason, evidence } = line;
  const { data } = useQuery(PersonNameDocument, {
    variables: { id: actorId ?? '' },
    skip: actorId === null,
    fetchPolicy: 'cache-first',
  });
  const Icon = ICONS[kind];
  const because = reason ?? evidence;
  const notes = [data?.account.name, because, merged ? t`of a merged lead` : null].filter(
    (one) => one !== null && one !== undefined,
  );
  return (
    <ThreadItem icon={<Icon size={16} />} tone={TONES[kind]}>
      <p className={styles.text}>{text}</p>
      <p className={styles.quiet}>
        <time dateTime={at}>{format.dateTime(at)}</time>
        {notes.map((note) => ` · ${note}`)}
      </p>
    </ThreadItem>
  );
}

function useLineText(line: Line, { titleOf }: LeadWords): string {
  const { t } = useLingui();
  const { kind, status, from, text, answer } = line;
  const answers = useAnswerTexts();
  const isPartner = kind === 'partner';
  const partners = [
    usePersonName(isPartner ? from : null),
    usePersonName(isPartner ? line.to : null),
  ];
  switch (kind) {
    case 'comment':
      return text ?? '';
    case 'consent':
      return answer === 'given' || answer === 'refused' || answer === 'withdrawn'
        ? answers[answer]
        : t`Consent`;
    case 'status': {
      const to = titleOf('statuses', status) ?? '';
      const before = titleOf('statuses', from);
      return before === null ? t`Status: ${to}` : t`Status: ${before} → ${to}`;
    }
    case 'source': {
      const [before, to] = [titleOf('sources', from), titleOf('sources', line.to)];
      return t`Source: ${before} → ${to}`;
    }
    case 'partner': {
      const [before, to] = partners.map((name) => name ?? t`nobody`);
      return t`Partner: ${before} → ${to}`;
    }
  }
}

/** The text stays until the server has it. */
function CommentForm({ id }: { readonly id: string }) {
  const { t } = useLingui();
  const [text, setText] = useState('');
  const [add] = useMutation(CommentLeadDocument);
  const { problem, busy, run } = useAttempt();
  const submit = async (): Promise<void> => {
    const written = text.trim();
    if (written === '') return;
    const failed = await run(async () => {
      await add({ variables: { id, text: written } });
    });
    if (failed === null) setText('');
  };
  return (
    <Form problem={problem} onSubmit={submit}>
      <TextArea
        label={t`Comment`}
        labelHidden
        placeholder={t`Write a comment for everybody who works on this lead`}
        rows={2}
        maxLength={10_000}
        value={text}
        onChange={setText}
      />
      {text.trim() !== '' && (
        <div className={styles.buttons}>
          <Button
            type="submit"
            title={t`Add comment`}
            variant="primary"
            accent="blue"
            size="small"
            disabled={busy}
          />
        </div>
      )}
    </Form>
  );
}
