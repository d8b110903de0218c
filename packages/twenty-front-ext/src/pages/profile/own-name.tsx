import { useMutation } from '@apollo/client/react';
import { useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { Button } from 'twenty-ui/input';
import { useAttempt } from '../../app/data/use-attempt.ts';
import { useSessions } from '../../app/session/session-provider.tsx';
import { EditOwnNameDocument } from '../../generated/graphql.ts';
import type { OwnProfileQuery } from '../../generated/graphql.ts';
import { PersonNameField } from '../../parts/people/person-name-field.tsx';
import { Form } from '../../ui/form/form.tsx';
import { TextField } from '../../ui/form/text-field.tsx';
import { useSnackbar } from '../../ui/snackbar/snackbar.tsx';
import { FieldPair, Section, SectionActions } from '../../ui/section/section.tsx';

type Account = NonNullable<OwnProfileQuery['me']['account']>;

/** How colleagues see this person; the address belongs to signing in and stays. */
export function OwnName({ account }: { readonly account: Account }) {
  const { t } = useLingui();
  const snackbar = useSnackbar();
  const { refresh } = useSessions();
  const [edit] = useMutation(EditOwnNameDocument);
  const { problem, busy, run } = useAttempt();
  const [name, setName] = useState(account.name);
  const changed = name.trim() !== account.name;

  const save = async (): Promise<void> => {
    const refused = await run(async () => {
      await edit({ variables: { name: name.trim() } });
      await refresh();
    });
    if (refused === null) snackbar.success(t`Saved`);
  };

  return (
    <Section title={t`Who you are`}>
      <Form problem={problem} onSubmit={save}>
        <FieldPair>
          <PersonNameField autoComplete="name" value={name} onChange={setName} />
          <TextField
            label={t`E-mail`}
            hint={t`You sign in with it.`}
            value={account.email ?? ''}
            onChange={() => undefined}
            readOnly
          />
        </FieldPair>
        <SectionActions>
          <Button
            type="submit"
            title={t`Save`}
            variant="primary"
            accent="blue"
            disabled={busy || !changed || name.trim() === ''}
          />
        </SectionActions>
      </Form>
    </Section>
  );
}
