import { useMutation } from '@apollo/client/react';
import { useLingui } from '@lingui/react/macro';
import { IconStar, IconStarFilled } from '@tabler/icons-react';
import { useTry } from '../../app/data/use-try.ts';
import { FollowLotDocument } from '../../generated/graphql.ts';
import styles from './auction.module.css';

interface FollowButtonProps {
  readonly lot: { readonly id: string; readonly followed: boolean };
  /** What the lot is called, for screen readers. */
  readonly title: string;
}

/** Whether one wants to hear of a lot. */
export function FollowButton({ lot: { id, followed }, title }: FollowButtonProps) {
  const { t } = useLingui();
  const { attempt } = useTry();
  const [change] = useMutation(FollowLotDocument);
  const toggle = attempt(async () => {
    await change({
      variables: { id, follow: !followed },
    });
  });
  const Icon = followed ? IconStarFilled : IconStar;
  return (
    <button
      type="button"
      className={styles.follow}
      aria-pressed={followed}
      aria-label={t`Follow ${title}`}
      title={followed ? t`You are told when it ends soon` : t`Follow`}
      onClick={toggle}
    >
      <Icon size={16} aria-hidden />
    </button>
  );
}
