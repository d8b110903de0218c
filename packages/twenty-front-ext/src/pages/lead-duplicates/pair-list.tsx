import { useLingui } from '@lingui/react/macro';
import { useCallback, useEffect, useRef } from 'react';
import type { KeyboardEvent } from 'react';
import type { LeadPairDecision, PairLineFragment } from '../../generated/graphql.ts';
import type { LeadWords } from '../../parts/leads/use-lead-words.ts';
import { PairCard } from './pair-card.tsx';
import { keyOf } from './use-pairs.ts';
import styles from './lead-duplicates.module.css';

interface PairListProps {
  readonly pairs: readonly PairLineFragment[];
  readonly words: LeadWords;
  readonly onDecide: (pair: PairLineFragment, decision: LeadPairDecision) => void;
  readonly onMerge: (pair: PairLineFragment) => void;
}

/** Keys by their place, so that they are the same on every keyboard. */
const DECISIONS: Readonly<Record<string, 'merge' | LeadPairDecision>> = {
  KeyM: 'merge',
  KeyD: 'different',
  KeyL: 'later',
};

const STEPS: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowUp: -1 };

/** Pairs below each other. The keys work while the focus is in a pair, so they disturb nobody who speaks to the page. */
export function PairList({ pairs, words, onDecide, onMerge }: PairListProps) {
  const { t } = useLingui();
  const list = useRef<HTMLUListElement>(null);
  // The place of a pair that was decided; the next one moves up to it.
  const left = useRef<number | null>(null);

  const focusAt = useCallback((index: number): void => {
    const children = list.current?.children ?? [];
    const card = children[Math.max(Math.min(index, children.length - 1), 0)];
    if (card instanceof HTMLElement) card.focus();
  }, []);
  const count = pairs.length;
  const before = useRef(count);
  useEffect(() => {
    if (count < before.current && left.current !== null) focusAt(left.current);
    if (count !== before.current) left.current = null;
    before.current = count;
  }, [count, focusAt]);

  const decide = (pair: PairLineFragment, decision: LeadPairDecision): void => {
    left.current = pairs.indexOf(pair);
    onDecide(pair, decision);
  };
  const press = (event: KeyboardEvent<HTMLUListElement>): void => {
    if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    if (!(event.target instanceof HTMLElement)) return;
    const key = event.target.closest<HTMLElement>('[data-pair]')?.dataset['pair'];
    const index = pairs.findIndex((pair) => keyOf(pair) === key);
    const pair = pairs[index];
    if (pair === undefined) return;
    const step = STEPS[event.key];
    const wish = DECISIONS[event.code];
    if (step !== undefined) focusAt(index + step);
    else if (wish === undefined || pair.leads.length < 2 || isDecided(pair)) return;
    else if (wish === 'merge') onMerge(pair);
    else if (wish === 'different' || pair.decision === null) decide(pair, wish);
    event.preventDefault();
  };
  return (
    <ul ref={list} className={styles.list} aria-label={t`Pairs`} onKeyDown={press}>
      {pairs.map((pair) => (
        <PairCard
          key={keyOf(pair)}
          pair={pair}
          words={words}
          onDecide={(decision) => decide(pair, decision)}
          onMerge={() => {
            left.current = pairs.indexOf(pair);
            onMerge(pair);
          }}
        />
      ))}
    </ul>
  );
}

function isDecided({ decision }: PairLineFragment): boolean {
  return decision !== null && decision !== 'later';
}
