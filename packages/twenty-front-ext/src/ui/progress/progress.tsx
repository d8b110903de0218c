import { ProgressBar } from 'twenty-ui/feedback';
import styles from './progress.module.css';

interface ProgressProps {
  readonly label: string;
  /** From 0 to 1. */
  readonly share: number;
}

/** How much of something is done; what is left shows too. */
export function Progress({ label, share }: ProgressProps) {
  return (
    <div className={styles.track}>
      <ProgressBar value={Math.min(1, Math.max(0, share)) * 100} ariaLabel={label} />
    </div>
  );
}
