import { Trans, useLingui } from '@lingui/react/macro';
import { useEffect, useState } from 'react';
import { Link, useParams } from 'react-router-dom';
import { problemOf } from '../../app/data/problem.ts';
import type { Problem } from '../../app/data/problem.ts';
import { Entrance } from '../../parts/entrance/entrance.tsx';
import { ErrorState } from '../../ui/states/error-state.tsx';
import { PageSkeleton } from '../../ui/states/skeleton.tsx';
import { RegisterForm } from './register-form.tsx';
import { readForm } from './register-request.ts';
import type { RegistrationForm } from './register-request.ts';

/** Where somebody asks a company to become its partner or franchisee. */
export function Component() {
  const { tenant = '' } = useParams();
  return <Registration key={tenant} tenant={tenant} />;
}

function Registration({ tenant }: { readonly tenant: string }) {
  const { t } = useLingui();
  const [attempt, setAttempt] = useState(0);
  const [form, setForm] = useState<RegistrationForm | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [sentTo, setSentTo] = useState<string | null>(null);
  useEffect(() => {
    readForm(tenant).then(setForm, (error: unknown) => setProblem(problemOf(error)));
  }, [tenant, attempt]);
  const again = (): void => {
    setProblem(null);
    setAttempt(attempt + 1);
  };

  const signIn = (
    <Link to="/sign-in">
      <Trans>You have an account? Sign in</Trans>
    </Link>
  );
  if (sentTo !== null) {
    return (
      <Entrance
        title={t`Registration received`}
        text={t`We have sent a letter to ${sentTo}. ${form?.name ?? ''} looks at your registration, and you get another letter with the decision.`}
      >
        {signIn}
      </Entrance>
    );
  }
  if (problem?.code === 'registration_closed' || problem?.code === 'invalid_request') {
    return (
      <Entrance
        title={t`No registration here`}
        text={t`Nobody takes registrations at this address. Ask the company for the right one.`}
      >
        {signIn}
      </Entrance>
    );
  }
  if (form === null) {
    if (problem === null) return <PageSkeleton />;
    return <ErrorState problem={problem} onRetry={again} />;
  }
  return (
    <Entrance
      title={t`Work with ${form.name}`}
      text={t`Tell us who you are. Somebody looks at it, and you get a letter.`}
    >
      <RegisterForm form={form} onSent={setSentTo} />
      {signIn}
    </Entrance>
  );
}
