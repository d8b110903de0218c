import { Loading } from '../../ui/states/loading.tsx';
import { Skeleton } from '../../ui/states/skeleton.tsx';
import styles from './deal-page.module.css';

export function DealSkeleton() {
  return (
    <Loading className={styles.skeleton}>
      <Skeleton height={48} />
      <Skeleton height={32} />
      <div className={styles.columns}>
        <div className={styles.column}>
          <Skeleton height={240} />
          <Skeleton height={160} />
        </div>
        <div className={styles.column}>
          <Skeleton height={420} />
        </div>
      </div>
    </Loading>
  );
}
