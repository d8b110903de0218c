import type { LotTerms } from 'twenty-mak-domain';
import type { CreateLot, LotDetails } from './lots.dto.ts';

const SECOND = 1_000;

/** The terms that a request describes. */
export function termsOf(request: CreateLot): LotTerms {
  switch (request.kind) {
    case 'ascending': {
      const { kind, start, step, reserve = null, buy_now: buyNow = null } = request;
      const sniping = request.anti_sniping;
      const antiSniping =
        sniping === undefined
          ? null
          : {
              window: sniping.window_seconds * SECOND,
              extension: sniping.extension_seconds * SECOND,
              times: sniping.times,
            };
      return { kind, start, step, reserve, buyNow, antiSniping };
    }
    case 'sealed':
      return { kind: 'sealed', reserve: request.reserve };
    case 'descending': {
      const { kind, start, step, floor, interval_seconds } = request;
      return { kind, start, step, floor, interval: interval_seconds * SECOND };
    }
  }
}

/** Whether a bid may end the lot. */
export function sellsAtOnce(terms: LotTerms): boolean {
  return terms.kind === 'descending' || (terms.kind === 'ascending' && terms.buyNow !== null);
}

type TermsView = Pick<LotDetails, 'start' | 'step' | 'floor' | 'interval_seconds' | 'anti_sniping'>;

const NONE: TermsView = {
  start: null,
  step: null,
  floor: null,
  interval_seconds: null,
  anti_sniping: null,
};

/** What everybody may know of the terms; reserve and price to buy now are for the view of the rules. */
export function termsView(terms: LotTerms, used: number): TermsView {
  switch (terms.kind) {
    case 'ascending': {
      const { start, step, antiSniping } = terms;
      const anti_sniping = antiSniping && {
        window_seconds: antiSniping.window / SECOND,
        extension_seconds: antiSniping.extension / SECOND,
        times: antiSniping.times,
        used,
      };
      return { ...NONE, start, step, anti_sniping };
    }
    case 'sealed':
      return NONE;
    case 'descending': {
      const { start, step, floor, interval } = terms;
      return { ...NONE, start, step, floor, interval_seconds: interval / SECOND };
    }
  }
}
