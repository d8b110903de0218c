import type { ComponentProps } from 'react';
import styles from './toolbar-button.module.css';

/** A quiet button of a toolbar, e.g. one that opens a menu; `className` adds to its looks. */
export function ToolbarButton({ className, ...props }: ComponentProps<'button'>) {
  const names = className === undefined ? styles.button : `${styles.button} ${className}`;
  return <button type="button" {...props} className={names} />;
}
