import { useMutation } from '@apollo/client/react';
import { useLingui } from '@lingui/react/macro';
import { EditOwnLanguageDocument } from '../../generated/graphql.ts';
import { useSnackbar } from '../../ui/snackbar/snackbar.tsx';
import { useLanguage } from '../i18n/i18n.tsx';
import type { Language } from '../i18n/languages.ts';

/** Speaks the language at once, and from now on in everything that the person's account is sent. */
export function useOwnLanguage(): (language: Language) => void {
  const { t } = useLingui();
  const { choose } = useLanguage();
  const [edit] = useMutation(EditOwnLanguageDocument);
  const snackbar = useSnackbar();
  return (language) => {
    choose(language);
    edit({ variables: { locale: language } }).catch(() =>
      snackbar.error(t`The language holds on this device, but could not be saved to your account.`),
    );
  };
}
