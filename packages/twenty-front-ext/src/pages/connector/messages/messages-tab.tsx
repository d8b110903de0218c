import { Trans, useLingui } from '@lingui/react/macro';
import { useSearchParams } from 'react-router-dom';
import type { ConnectorLineFragment, SyncMessageState } from '../../../generated/graphql.ts';
import { SelectField } from '../../../ui/form/select-field.tsx';
import { ToolbarField } from '../../../ui/page/toolbar-field.tsx';
import { MessageList } from './message-list.tsx';
import { MESSAGE_STATES, useMessageTexts } from './message-texts.ts';
import styles from '../connector.module.css';

/** What the other system told by webhooks, newest first. */
export function MessagesTab({ connector }: { readonly connector: ConnectorLineFragment }) {
  const { t } = useLingui();
  const [query, setQuery] = useSearchParams();
  const texts = useMessageTexts();
  const { title } = connector;
  const state = MESSAGE_STATES.find((one) => one === query.get('state')) ?? '';
  return (
    <>
      <p className={styles.lead}>
        <Trans>
          What {title} tells is only a reason to look: both sides are read as they are. No text of a
          message is kept.
        </Trans>
      </p>
      <div className={styles.bar}>
        <ToolbarField>
          <SelectField<SyncMessageState | ''>
            label={t`What became of it`}
            labelHidden
            value={state}
            options={[
              { value: '', label: t`Every message` },
              ...MESSAGE_STATES.map((value) => ({ value, label: texts.state(value) })),
            ]}
            onChange={(chosen) =>
              setQuery(chosen === '' ? {} : { state: chosen }, { replace: true })
            }
          />
        </ToolbarField>
      </div>
      <MessageList connector={connector} state={state === '' ? null : state} />
    </>
  );
}
