import { useLingui } from '@lingui/react/macro';
import { useRoleNames } from '../../parts/access/access-texts.ts';
import type { WorkspaceValues } from './workspace-values.ts';

interface ValueTexts {
  readonly labels: Readonly<Record<keyof WorkspaceValues, string>>;
  readonly show: (values: Partial<WorkspaceValues>, field: keyof WorkspaceValues) => string;
}

/** Names and values of the settings in words, to compare two of them. */
export function useValueTexts(): ValueTexts {
  const { t } = useLingui();
  const roleNames = useRoleNames();
  return {
    labels: {
      address: t`Address of twenty`,
      workspaceId: t`Workspace id`,
      applicationId: t`Application id`,
      newcomerRole: t`Role of newcomers`,
      enabled: t`People may sign in from twenty`,
      version: '',
    },
    show: (values, field) => {
      switch (field) {
        case 'enabled':
          return values.enabled === true ? t`on` : t`off`;
        case 'newcomerRole':
          return values.newcomerRole === undefined ? '' : roleNames[values.newcomerRole];
        case 'address':
        case 'workspaceId':
        case 'applicationId':
        case 'version':
          return String(values[field] ?? '');
      }
    },
  };
}
