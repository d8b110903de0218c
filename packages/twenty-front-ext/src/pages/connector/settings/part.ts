import type { ConnectorLineFragment } from '../../../generated/graphql.ts';
import type { SettingsValues } from './settings-values.ts';
import type { RemoteOptions } from './use-options.ts';

/** What every part of the form gets. */
export interface PartProps {
  readonly connector: ConnectorLineFragment;
  readonly values: SettingsValues;
  readonly options: RemoteOptions;
  /** What the server says about the value at a path, in words. */
  readonly errorAt: (path: string) => string | null;
  readonly onChange: (part: Partial<SettingsValues>) => void;
}
