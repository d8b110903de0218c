import { useApolloClient } from '@apollo/client/react';
import { useLingui } from '@lingui/react/macro';
import { problemOf } from '../../app/data/problem.ts';
import { RoleMatrixDocument, UpdateRoleDocument } from '../../generated/graphql.ts';
import type { RoleLineFragment } from '../../generated/graphql.ts';
import { useSnackbar } from '../../ui/snackbar/snackbar.tsx';
import { useProblemText } from '../../ui/states/problem-text.ts';
import { allowedKeys, withPermission } from './role-permissions.ts';

/** Attempts while others change other cells of the same role. */
const ATTEMPTS = 5;

/** Gives or takes one permission. The cell changes at once, and back when the server refuses. */
export function usePermissionChange(): (
  role: RoleLineFragment,
  key: string,
  allowed: boolean,
) => Promise<void> {
  const { t } = useLingui();
  const client = useApolloClient();
  const snackbar = useSnackbar();
  const textOf = useProblemText();

  const send = async (role: RoleLineFragment): Promise<void> => {
    const typed = {
      __typename: 'RolePermissions',
      ...role,
      permissions: role.permissions.map((one) => ({ __typename: 'RolePermission', ...one })),
    };
    await client.mutate({
      mutation: UpdateRoleDocument,
      variables: { role: role.role, version: role.version, permissions: allowedKeys(role) },
      optimisticResponse: { updateRole: typed },
    });
  };
  const now = async ({ role }: RoleLineFragment): Promise<RoleLineFragment | undefined> => {
    const { data } = await client.query({
      query: RoleMatrixDocument,
      fetchPolicy: 'network-only',
    });
    return data?.roles.find((one) => one.role === role);
  };

  return async (seen, key, allowed) => {
    let role: RoleLineFragment | undefined = seen;
    try {
      for (let attempt = 1; role !== undefined; attempt += 1) {
        try {
          await send(withPermission(role, key, allowed));
          return;
        } catch (error) {
          if (problemOf(error).code !== 'stale_version' || attempt === ATTEMPTS) throw error;
        }
        // Somebody changed another cell; of one cell there can be no other change than this one.
        role = await now(seen);
      }
    } catch (error) {
      const reason = textOf(problemOf(error));
      snackbar.error(t`Nothing has changed. ${reason}`);
    }
  };
}
