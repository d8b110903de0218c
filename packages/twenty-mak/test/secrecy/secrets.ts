/** What may be known to some and not to others. */
export type SecretName =
  | 'contact'
  | 'amount'
  | 'lead'
  | 'reserve'
  | 'bidderA'
  | 'bidderB'
  | 'sealedA'
  | 'sealedB';

/** Words and numbers that stand for each secret; one of them in an answer is enough to betray it. */
export type Secrets = Readonly<Record<SecretName, readonly string[]>>;

/** Long enough that no id or token comes to it by chance. */
export const CONTACT = {
  name: 'Quokkaface Zyzzyvason',
  phone: '+380509871265',
  email: 'numbat.bilby@pangolin.example',
  address: 'Platypus Lane 77',
  custom: 'wombat-wishes',
  comment: 'Echidna called twice',
} as const;

/** Of the lead, in minor units; nothing else that is counted comes to it. */
export const AMOUNT = 918_273_645_018;
export const RESERVE = 6_161_616_407;
export const SEALED_A = 7_153_947_301;
export const SEALED_B = 8_264_131_973;
/** What each bidder has, and what A bids on the open lot; B bids one more. */
export const MONEY = 50_000_000_000;
export const OPEN_BID = 6_200_003_119;

/** However the contact is written. */
export const CONTACT_WORDS = [
  ...['Quokkaface', 'Zyzzyvason', 'numbat.bilby', 'pangolin', 'Platypus', 'wombat-wishes'],
  ...['Echidna called', '509871265', '50 987 12 65', '987-12-65'],
];

/** An amount that somebody has bid, and what it can be reckoned from. */
export function amountWords(amount: number, open: number): readonly string[] {
  const held = [amount, amount + open];
  return [...held, ...held.map((sum) => MONEY - sum)].map(String);
}

/** Which of these secrets stand in a text. */
export function foundIn(
  text: string,
  secrets: Secrets,
  names: readonly SecretName[],
): readonly string[] {
  const lower = text.toLowerCase();
  return names.flatMap((name) =>
    secrets[name]
      .filter((word) => lower.includes(word.toLowerCase()))
      .map((word) => `${name}: ${word}`),
  );
}
