import { plural } from '@lingui/core/macro';
import { useLingui } from '@lingui/react/macro';
import { Link } from 'react-router-dom';
import { useFormat } from '../../ui/format/use-format.tsx';
import type { Overview } from './overview.ts';
import styles from './home.module.css';

interface Tile {
  readonly key: string;
  readonly label: string;
  readonly value: string;
  readonly note: string;
  /** Null where nothing can be shown. */
  readonly to: string | null;
}

/** What is asked first. */
export function Tiles({ overview }: { readonly overview: Overview }) {
  const tiles = useTiles(overview);
  return (
    <ul className={styles.tiles}>
      {tiles.map(({ key, label, value, note, to }) => {
        const content = (
          <>
            <span className={styles.tileLabel}>{label}</span>{' '}
            <span className={styles.tileValue}>{value}</span>{' '}
            <span className={styles.note}>{note}</span>
          </>
        );
        return (
          <li key={key}>
            {to === null ? (
              <div className={styles.tile}>{content}</div>
            ) : (
              <Link to={to} className={styles.tile}>
                {content}
              </Link>
            )}
          </li>
        );
      })}
    </ul>
  );
}

function useTiles({ leads, deals, wallet }: Overview): Tile[] {
  const { t } = useLingui();
  const { number, percent, money } = useFormat();
  const tiles: Tile[] = [];
  if (leads !== null) {
    const { total, converted, conversion } = leads;
    tiles.push(
      { key: 'leads', label: t`Leads`, value: number(total), note: '', to: '/leads' },
      {
        key: 'conversion',
        label: t`Conversion`,
        value: conversion === null ? '–' : percent(conversion),
        note: t`${plural(converted, { one: '# became a deal', other: '# became deals' })}`,
        to: '/leads?kind=converted',
      },
    );
  }
  if (deals !== null) {
    const note = deals.sums.map(({ amount, currency }) => money(amount, currency)).join(', ');
    tiles.push({ key: 'deals', label: t`Deals`, value: number(deals.total), note, to: '/deals' });
  }
  if (wallet !== null) {
    const { available, held, currency } = wallet;
    tiles.push({
      key: 'wallet',
      label: t`Wallet`,
      value: money(available, currency),
      note: held === 0 ? '' : t`${money(held, currency)} held for bids`,
      to: '/wallet',
    });
  }
  return tiles;
}
