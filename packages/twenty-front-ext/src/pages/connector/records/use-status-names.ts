import { useQuery } from '@apollo/client/react';
import { useMemo } from 'react';
import { ConnectorStatusesDocument } from '../../../generated/graphql.ts';
import type { ConnectorLineFragment } from '../../../generated/graphql.ts';

const NONE: ReadonlyMap<string, string> = new Map();

/** What people there call the statuses of a system that has some; nothing while it does not say so, and ids say which it is, too. */
export function useStatusNames({
  key,
  hasStatuses,
}: Pick<ConnectorLineFragment, 'key' | 'hasStatuses'>): ReadonlyMap<string, string> {
  const { data } = useQuery(ConnectorStatusesDocument, {
    variables: { key },
    // The other system is asked.
    fetchPolicy: 'cache-first',
    skip: !hasStatuses,
  });
  return useMemo(() => {
    if (data === undefined) return NONE;
    return new Map(
      data.connectorStatuses.map(({ status, title, pipeline }) => [
        status,
        pipeline === null ? title : `${pipeline}: ${title}`,
      ]),
    );
  }, [data]);
}
