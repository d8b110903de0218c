import { useState } from 'react';
import type { Problem } from '../data/problem.ts';
import { useAttempt } from '../data/use-attempt.ts';
import { signIn, verifyCode } from './sign-in.ts';
import type { SecondFactor } from './sign-in.ts';

type Step = 'password' | SecondFactor;

/** After these the second step is over; the password has to be given again. */
const BEGIN_AGAIN = new Set([
  'invalid_two_factor_cookie',
  'too_many_attempts_request_new_code',
  'account_temporarily_locked',
]);

interface SignInSteps {
  readonly step: Step;
  readonly problem: Problem | null;
  readonly busy: boolean;
  /** Both answer why it failed, or null. */
  readonly givePassword: (email: string, password: string) => Promise<Problem | null>;
  readonly giveCode: (code: string, trustDevice: boolean) => Promise<Problem | null>;
  /** Between authenticator and recovery code, or back to the password. */
  readonly goTo: (step: Step) => void;
}

/** The steps of signing in: a password, then, for those who have set it up, a second factor. */
export function useSignIn(onSignedIn: () => Promise<void>): SignInSteps {
  const [step, setStep] = useState<Step>('password');
  const { problem, busy, run, forget } = useAttempt();
  return {
    step,
    problem,
    busy,
    givePassword: (email, password) =>
      run(async () => {
        if ((await signIn(email, password)) === 'needs-code') setStep('authenticator');
        else await onSignedIn();
      }),
    giveCode: async (code, trustDevice) => {
      if (step === 'password') return null;
      const refused = await run(async () => {
        await verifyCode(step, code, trustDevice);
        await onSignedIn();
      });
      if (refused !== null && BEGIN_AGAIN.has(refused.code)) setStep('password');
      return refused;
    },
    goTo: (next) => {
      forget();
      setStep(next);
    },
  };
}
