import { useLingui } from '@lingui/react/macro';
import { useLanguage } from '../../app/i18n/i18n.tsx';
import { LANGUAGES } from '../../app/i18n/languages.ts';
import type { Language } from '../../app/i18n/languages.ts';
import { useThemeChoice } from '../../app/theme/theme.tsx';
import type { ThemeChoice } from '../../app/theme/theme.tsx';
import { useOwnLanguage } from '../../app/session/use-own-language.ts';
import { SelectField } from '../../ui/form/select-field.tsx';
import { FieldPair, Section } from '../../ui/section/section.tsx';

/** Language and theme take effect at once. */
export function Appearance() {
  const { t } = useLingui();
  const { language } = useLanguage();
  const speak = useOwnLanguage();
  const { choice, choose } = useThemeChoice();
  const languages = Object.entries(LANGUAGES).map(([value, label]) => ({
    value: value as Language,
    label,
  }));
  const themes: { value: ThemeChoice; label: string }[] = [
    { value: 'system', label: t`As the device` },
    { value: 'light', label: t`Light` },
    { value: 'dark', label: t`Dark` },
  ];
  return (
    <Section title={t`How it looks`}>
      <FieldPair>
        <SelectField
          label={t`Language`}
          hint={t`Also of the letters you get.`}
          value={language}
          options={languages}
          onChange={speak}
        />
        <SelectField
          label={t`Theme`}
          hint={t`On this device.`}
          value={choice}
          options={themes}
          onChange={choose}
        />
      </FieldPair>
    </Section>
  );
}
