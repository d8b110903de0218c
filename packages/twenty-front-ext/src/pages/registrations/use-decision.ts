import { useMutation } from '@apollo/client/react';
import { useAttempt } from '../../app/data/use-attempt.ts';
import type { Problem } from '../../app/data/problem.ts';
import { DecideRegistrationDocument, RegistrationListDocument } from '../../generated/graphql.ts';
import type {
  DecideRegistrationInput,
  DecideRegistrationMutation,
  RegistrationLineFragment,
} from '../../generated/graphql.ts';

type Decided = DecideRegistrationMutation['decideRegistration'];

interface DecisionAttempt {
  readonly problem: Problem | null;
  readonly busy: boolean;
  readonly decide: (
    input: Omit<DecideRegistrationInput, 'version'>,
    done: (decided: Decided) => void,
  ) => Promise<void>;
}

/** Decides about an application; the lists are read again. */
export function useDecision({ id, version }: RegistrationLineFragment): DecisionAttempt {
  const { problem, busy, run } = useAttempt();
  const [send] = useMutation(DecideRegistrationDocument, {
    refetchQueries: [RegistrationListDocument],
  });
  return {
    problem,
    busy,
    decide: async (input, done) => {
      await run(async () => {
        const { data } = await send({ variables: { id, input: { ...input, version } } });
        if (data === undefined || data === null) throw new Error('The answer has no data.');
        done(data.decideRegistration);
      });
    },
  };
}
