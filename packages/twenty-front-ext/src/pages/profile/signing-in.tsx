import { OwnSessions } from './own-sessions.tsx';
import { PasswordChange } from './password-change.tsx';
import { SecondFactor } from './second-factor.tsx';
import { useOwnSessions } from './use-own-sessions.ts';

/** How the person signs in. An embedded page may not change it. */
export function SigningIn() {
  const own = useOwnSessions();
  return (
    <>
      <PasswordChange onChanged={() => void own.reload()} />
      <SecondFactor />
      <OwnSessions {...own} />
    </>
  );
}
