import { useEffect } from 'react';
import type { ComponentType, ReactNode } from 'react';
import styles from './page.module.css';

interface PageProps {
  readonly title: string;
  readonly Icon?: ComponentType<{ size?: number }>;
  /** Beside the title: what belongs to the page as a whole. */
  readonly actions?: ReactNode;
  /** Under the title: filters, views, tabs. */
  readonly toolbar?: ReactNode;
  /** `fill`: the content scrolls by itself (boards, tables); `flow`: the page scrolls. */
  readonly layout?: 'fill' | 'flow';
  readonly children: ReactNode;
}

/** The frame of every page: title bar as in twenty, one rounded sheet with the content. */
export function Page({ title, Icon, actions, toolbar, layout = 'flow', children }: PageProps) {
  useEffect(() => {
    document.title = `${title} · MaK`;
  }, [title]);
  return (
    <div className={styles.page}>
      <header className={styles.bar}>
        {Icon !== undefined && (
          <span className={styles.icon} aria-hidden>
            <Icon size={16} />
          </span>
        )}
        <h1 className={styles.title}>{title}</h1>
        {actions !== undefined && <div className={styles.actions}>{actions}</div>}
      </header>
      <div className={styles.sheet} data-layout={layout}>
        {toolbar !== undefined && <div className={styles.toolbar}>{toolbar}</div>}
        <div className={styles.content}>{children}</div>
      </div>
    </div>
  );
}
