import { useLingui } from '@lingui/react/macro';
import { IconLanguage, IconMoon, IconSun } from '@tabler/icons-react';
import { useEffect } from 'react';
import type { ReactNode } from 'react';
import { useLanguage } from '../../app/i18n/i18n.tsx';
import { LANGUAGES } from '../../app/i18n/languages.ts';
import type { Language } from '../../app/i18n/languages.ts';
import { useThemeChoice } from '../../app/theme/theme.tsx';
import { Menu, MenuChoice } from '../../ui/menu/menu.tsx';
import styles from './entrance.module.css';

interface EntranceProps {
  readonly title: string;
  /** What the person came for and what to do. */
  readonly text?: ReactNode;
  readonly children: ReactNode;
}

/** The frame of the pages before one is in: a card in the middle, language and theme below. */
export function Entrance({ title, text, children }: EntranceProps) {
  useEffect(() => {
    document.title = `${title} · MaK`;
  }, [title]);
  return (
    <div className={styles.page}>
      <main className={styles.card}>
        <header className={styles.header}>
          <img src="/icon.svg" alt="" width={40} height={40} />
          <h1 className={styles.title}>{title}</h1>
          {text !== undefined && <p className={styles.text}>{text}</p>}
        </header>
        {children}
      </main>
      <footer className={styles.footer}>
        <LanguageMenu />
        <ThemeMenu />
      </footer>
    </div>
  );
}

function LanguageMenu() {
  const { t } = useLingui();
  const { language, choose } = useLanguage();
  const options = Object.entries(LANGUAGES).map(([value, label]) => ({
    value: value as Language,
    label,
  }));
  return (
    <Menu
      trigger={
        <button type="button" className={styles.choice}>
          <IconLanguage size={16} aria-hidden />
          <span className="visually-hidden">{t`Language`}</span>
          {LANGUAGES[language]}
        </button>
      }
    >
      <MenuChoice label={t`Language`} value={language} options={options} onChange={choose} />
    </Menu>
  );
}

function ThemeMenu() {
  const { t } = useLingui();
  const { choice, scheme, choose } = useThemeChoice();
  const options = [
    { value: 'system' as const, label: t`As the device` },
    { value: 'light' as const, label: t`Light` },
    { value: 'dark' as const, label: t`Dark` },
  ];
  const Icon = scheme === 'dark' ? IconMoon : IconSun;
  return (
    <Menu
      align="end"
      trigger={
        <button type="button" className={styles.choice}>
          <Icon size={16} aria-hidden />
          <span className="visually-hidden">{t`Theme`}</span>
          {options.find(({ value }) => value === choice)?.label}
        </button>
      }
    >
      <MenuChoice label={t`Theme`} value={choice} options={options} onChange={choose} />
    </Menu>
  );
}
