import { useCallback, useEffect, useRef, useState } from 'react';
import { problemOf } from '../mak/problem.ts';
import type { Problem } from '../mak/problem.ts';

export type Answer<T> =
  | { readonly state: 'waiting' }
  | { readonly state: 'failed'; readonly problem: Problem }
  | { readonly state: 'ready'; readonly value: T };

/**
 * What `ask` answers. `again` asks anew and keeps what is shown meanwhile; of answers that overtake each other the last
 * question counts.
 */
export function useAnswer<T>(ask: () => Promise<T>): { answer: Answer<T>; again: () => void } {
  const [answer, setAnswer] = useState<Answer<T>>({ state: 'waiting' });
  const question = useRef(0);
  const again = useCallback(() => {
    question.current += 1;
    const own = question.current;
    ask().then(
      (value) => {
        if (own === question.current) setAnswer({ state: 'ready', value });
      },
      (error: unknown) => {
        if (own === question.current) setAnswer({ state: 'failed', problem: problemOf(error) });
      },
    );
  }, [ask]);
  useEffect(() => {
    again();
    return () => {
      question.current += 1;
    };
  }, [again]);
  return { answer, again };
}
