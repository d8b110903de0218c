import { Loading } from '../../ui/states/loading.tsx';
import { Skeleton } from '../../ui/states/skeleton.tsx';
import styles from './board-skeleton.module.css';

/** The outline of the board while it loads. */
export function BoardSkeleton() {
  return (
    <Loading className={styles.board}>
      {[5, 3, 6, 2, 4].map((cards, column) => (
        <div key={column} className={styles.column}>
          <Skeleton width={120} height={18} />
          {Array.from({ length: cards }, (_, card) => (
            <Skeleton key={card} height={108} />
          ))}
        </div>
      ))}
    </Loading>
  );
}
