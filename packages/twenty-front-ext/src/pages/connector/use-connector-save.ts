import { useApolloClient } from '@apollo/client/react';
import { useRef } from 'react';
import type { Versioned } from '../../app/data/save-versioned.ts';
import { ConnectorListDocument, SetConnectorDocument } from '../../generated/graphql.ts';
import type { ConnectorLineFragment, SetConnectorInput } from '../../generated/graphql.ts';
import { useVersionedForm } from '../../parts/versioned-form/use-versioned-form.ts';
import { rulesOf, valuesOf as matrixOf } from './fields/matrix-values.ts';

interface Options<T> {
  readonly connector: ConnectorLineFragment;
  /** What the form edits. */
  readonly valuesOf: (connector: ConnectorLineFragment) => T;
  /** What is sent for edited values; all else goes as it is. */
  readonly inputOf: (connector: ConnectorLineFragment, values: T) => Partial<SetConnectorInput>;
  readonly onSaved?: () => void;
}

/** A form over a part of a connector's settings: the server takes all of them at once, so the others are sent as they are. */
export function useConnectorSave<T extends Versioned>({
  connector,
  valuesOf,
  inputOf,
  onSaved,
}: Options<T>) {
  const client = useApolloClient();
  const current = useRef(connector);
  const form = useVersionedForm<T>({
    seen: valuesOf(connector),
    read: async () => {
      const { data } = await client.query({
        query: ConnectorListDocument,
        fetchPolicy: 'network-only',
      });
      const now = data?.connectors.find(({ key }) => key === connector.key);
      if (now === undefined) throw new Error('The connector is not there any more.');
      current.current = now;
      return valuesOf(now);
    },
    send: async (version, part) => {
      const now = current.current;
      const input = { ...wholeInput(now), ...inputOf(now, { ...valuesOf(now), ...part }), version };
      const { data } = await client.mutate({
        mutation: SetConnectorDocument,
        variables: { key: connector.key, input },
      });
      if (data === undefined || data === null) throw new Error('The answer has no data.');
      current.current = data.setConnector;
      return valuesOf(data.setConnector);
    },
    ...(onSaved === undefined ? {} : { onSaved }),
  });
  return {
    ...form,
    save: () => {
      current.current = connector;
      return form.save();
    },
  };
}

/** Everything as it is now. */
function wholeInput(connector: ConnectorLineFragment): Omit<SetConnectorInput, 'version'> {
  const { settings, entities, budget, highestBudget, pollSeconds } = connector;
  const isHighest =
    budget.burst === highestBudget.burst && budget.perSecond === highestBudget.perSecond;
  return {
    settings,
    entities: entities.filter(({ enabled }) => enabled).map(({ name }) => name),
    rules: rulesOf(entities, matrixOf(connector)),
    budget: isHighest ? null : { burst: budget.burst, perSecond: budget.perSecond },
    pollSeconds,
  };
}
