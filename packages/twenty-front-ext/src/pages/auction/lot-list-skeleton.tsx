import { Loading } from '../../ui/states/loading.tsx';
import { Skeleton } from '../../ui/states/skeleton.tsx';
import styles from './auction.module.css';

const CARDS = 6;

/** Outlines of cards while lots load. */
export function LotListSkeleton() {
  return (
    <Loading className={styles.list}>
      {Array.from({ length: CARDS }, (_, card) => (
        <Skeleton key={card} height={180} />
      ))}
    </Loading>
  );
}
