import type { Letter } from './letter.ts';

export type Locale = 'en' | 'ru' | 'uk';

/** What a letter says, before it is dressed as text and as HTML. */
export interface LetterText {
  readonly subject: string;
  /** Paragraphs above the link. */
  readonly above: readonly string[];
  /** What the link is called. */
  readonly action: string;
  /** Paragraphs below the link. */
  readonly below: readonly string[];
}

type Texts = {
  readonly [Kind in Letter['kind']]: (letter: Extract<Letter, { kind: Kind }>) => LetterText;
};

const en: Texts = {
  password_reset: ({ name }) => ({
    subject: 'A new password for MaK',
    above: [
      `Hello ${name},`,
      'somebody, probably you, asked for a new password. The link works once, for one hour.',
    ],
    action: 'Choose a new password',
    below: ['If it was not you, do nothing: your password stays as it is.'],
  }),
  invitation: ({ name, tenant }) => ({
    subject: `Invitation to ${tenant}`,
    above: [
      `Hello ${name},`,
      `you are invited to work in ${tenant} with MaK. The link works for two weeks.`,
    ],
    action: 'Accept the invitation',
    below: ['If you do not know what this is about, do nothing.'],
  }),
};

const ru: Texts = {
  password_reset: ({ name }) => ({
    subject: 'Новый пароль для MaK',
    above: [
      `Здравствуйте, ${name}!`,
      'Кто-то, скорее всего вы, попросил новый пароль. Ссылка действует один раз, в течение часа.',
    ],
    action: 'Задать новый пароль',
    below: ['Если это были не вы, ничего не делайте: пароль останется прежним.'],
  }),
  invitation: ({ name, tenant }) => ({
    subject: `Приглашение в «${tenant}»`,
    above: [
      `Здравствуйте, ${name}!`,
      `Вас приглашают работать в «${tenant}» с MaK. Ссылка действует две недели.`,
    ],
    action: 'Принять приглашение',
    below: ['Если вы не знаете, о чём речь, ничего не делайте.'],
  }),
};

const uk: Texts = {
  password_reset: ({ name }) => ({
    subject: 'Новий пароль для MaK',
    above: [
      `Вітаємо, ${name}!`,
      'Хтось, найімовірніше ви, попросив новий пароль. Посилання діє один раз, протягом години.',
    ],
    action: 'Задати новий пароль',
    below: ['Якщо це були не ви, нічого не робіть: пароль залишиться тим самим.'],
  }),
  invitation: ({ name, tenant }) => ({
    subject: `Запрошення до «${tenant}»`,
    above: [
      `Вітаємо, ${name}!`,
      `Вас запрошують працювати в «${tenant}» з MaK. Посилання діє два тижні.`,
    ],
    action: 'Прийняти запрошення',
    below: ['Якщо ви не знаєте, про що йдеться, нічого не робіть.'],
  }),
};

const TEXTS: Readonly<Record<Locale, Texts>> = { en, ru, uk };

/** A letter in the language of the person who gets it. */
export function textOf(letter: Letter): LetterText {
  const texts = TEXTS[letter.locale];
  return letter.kind === 'invitation' ? texts.invitation(letter) : texts.password_reset(letter);
}
