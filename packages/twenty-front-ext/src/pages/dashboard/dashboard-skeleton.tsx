import { Loading } from '../../ui/states/loading.tsx';
import { Skeleton } from '../../ui/states/skeleton.tsx';
import styles from './dashboard.module.css';

/** The outline of the dashboard while it loads. */
export function DashboardSkeleton() {
  return (
    <Loading className={styles.body}>
      <Skeleton width={240} height={18} />
      <div className={styles.tiles}>
        {Array.from({ length: 5 }, (_, tile) => (
          <Skeleton key={tile} height={82} />
        ))}
      </div>
      <div className={styles.cards}>
        {Array.from({ length: 6 }, (_, card) => (
          <Skeleton key={card} height={300} />
        ))}
      </div>
    </Loading>
  );
}
