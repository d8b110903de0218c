import { useLingui } from '@lingui/react/macro';
import { Section } from '../../../ui/section/section.tsx';
import type { PartProps } from './part.ts';
import { PeopleMatch } from './people-match.tsx';
import { useAddresses } from './use-addresses.ts';

/** Whose cards of KeyCRM are whose deals. */
export function KeyCrmPeople(props: PartProps) {
  const { t } = useLingui();
  const addresses = useAddresses();
  return (
    <Section
      title={t`People`}
      text={t`Owners are found by e-mail address. Choose an account for who has another address there.`}
    >
      <PeopleMatch {...props} addresses={addresses} />
    </Section>
  );
}
