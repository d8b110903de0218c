import { Loading } from './loading.tsx';
import styles from './states.module.css';

/** A grey bar where text or a box will be. */
export function Skeleton({
  width = '100%',
  height = 16,
}: {
  readonly width?: number | string;
  readonly height?: number;
}) {
  return <div className={styles.bar} style={{ width, height }} />;
}

/** The outline of a page while it loads; a screen reader hears one word. */
export function PageSkeleton({ rows = 6 }: { readonly rows?: number }) {
  return (
    <Loading className={styles.page}>
      <Skeleton width={180} height={24} />
      {Array.from({ length: rows }, (_, row) => (
        <Skeleton key={row} height={32} />
      ))}
    </Loading>
  );
}
