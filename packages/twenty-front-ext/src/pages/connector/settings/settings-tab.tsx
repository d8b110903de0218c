import { useLingui } from '@lingui/react/macro';
import type { ConnectorLineFragment } from '../../../generated/graphql.ts';
import { EmptyState } from '../../../ui/states/empty-state.tsx';
import { AmocrmSettings } from './amocrm-settings.tsx';
import { shapeOf } from './own-settings.ts';
import { SettingsForm } from './settings-form.tsx';

/** Where the other system is, what is kept equal, and how fast. */
export function SettingsTab({ connector }: { readonly connector: ConnectorLineFragment }) {
  const { t } = useLingui();
  if (shapeOf(connector.key) === null)
    return (
      <EmptyState title={t`Set by the API`} text={t`This connector has no form of its own yet.`} />
    );
  if (connector.key !== 'amocrm') return <SettingsForm connector={connector} />;
  // The account itself agrees; only then there is something to set.
  return (
    <>
      <AmocrmSettings connector={connector} />
      {connector.state !== 'off' && <SettingsForm connector={connector} />}
    </>
  );
}
