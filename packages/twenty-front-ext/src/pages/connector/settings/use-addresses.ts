import { useApolloClient } from '@apollo/client/react';
import { useEffect, useState } from 'react';
import { useMay } from '../../../app/shell/tenant.tsx';
import { AccountAddressesDocument } from '../../../generated/graphql.ts';
import type { AccountAddressesQuery } from '../../../generated/graphql.ts';
import type { Option } from '../../../ui/form/select-field.tsx';

/** Accounts that are read at most; where there are more, addresses are typed. */
const MOST = 1_000;

/**
 * Active accounts by their e-mail addresses in lower case. Null while they are read, and for who may not see the addresses: they
 * are typed then.
 */
export function useAddresses(): readonly Option[] | null {
  const client = useApolloClient();
  const mayRead = useMay('accounts:manage');
  const [accounts, setAccounts] = useState<readonly Option[] | null>(null);
  useEffect(() => {
    if (!mayRead) return undefined;
    let current = true;
    const read = async (): Promise<readonly Option[] | null> => {
      const found: Option[] = [];
      for (let cursor: string | null = null; found.length < MOST;) {
        const answer: { data?: AccountAddressesQuery | undefined } = await client.query({
          query: AccountAddressesDocument,
          variables: { cursor },
          fetchPolicy: 'network-only',
        });
        if (answer.data === undefined) return null;
        const { items, next } = answer.data.accounts;
        for (const { name, email } of items)
          if (email !== null)
            found.push({ value: email.toLowerCase(), label: `${name}, ${email}` });
        if (next === null) return found;
        cursor = next;
      }
      return null;
    };
    read().then(
      (found) => current && setAccounts(found),
      () => undefined,
    );
    return () => {
      current = false;
    };
  }, [client, mayRead]);
  return accounts;
}
