import type { Letter } from './letter.ts';
import { LOT_EN, LOT_RU, LOT_UK } from './lot-texts.ts';

export type Locale = 'en' | 'ru' | 'uk';

/** What a letter says, before it is dressed as text and as HTML. */
export interface LetterText {
  readonly subject: string;
  /** Paragraphs above the link. */
  readonly above: readonly string[];
  /** What the link is called; null in a letter without one. */
  readonly action: string | null;
  /** Paragraphs below the link. */
  readonly below: readonly string[];
}

/**
 * Anybody can have letters about a registration sent to any address until somebody has looked at it, so those hold
 * nothing that was typed into the form.
 */
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
  registration_received: ({ tenant }) => ({
    subject: `Your registration at ${tenant}`,
    above: [
      'Hello,',
      `we have received your registration at ${tenant}. Somebody looks at it and you get a letter with the decision.`,
    ],
    action: null,
    below: ['If it was not you, do nothing: without you nobody can use it.'],
  }),
  registration_known: ({ tenant }) => ({
    subject: `You have an account at ${tenant}`,
    above: [
      'Hello,',
      `somebody, probably you, registered at ${tenant} with this address. There is an account with it already. Sign in, or ask for a new password there. If you were invited, use the link of the invitation.`,
    ],
    action: 'Sign in',
    below: ['If it was not you, do nothing: nothing has changed.'],
  }),
  registration_rejected: ({ name, tenant, reason }) => ({
    subject: `Your registration at ${tenant}`,
    above: [
      `Hello ${name},`,
      `your registration at ${tenant} was not accepted.`,
      `The reason: ${reason}`,
    ],
    action: null,
    below: ['You may register again when this has changed.'],
  }),
  lot: ({ name, notice }) => ({ action: 'Open the lot', ...LOT_EN[notice](name), below: [] }),
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
  registration_received: ({ tenant }) => ({
    subject: `Ваша заявка в «${tenant}»`,
    above: [
      'Здравствуйте!',
      `Мы получили вашу заявку на регистрацию в «${tenant}». Её рассмотрят, и вы получите письмо с решением.`,
    ],
    action: null,
    below: ['Если это были не вы, ничего не делайте: без вас заявкой никто не воспользуется.'],
  }),
  registration_known: ({ tenant }) => ({
    subject: `У вас уже есть доступ в «${tenant}»`,
    above: [
      'Здравствуйте!',
      `Кто-то, скорее всего вы, отправил заявку в «${tenant}» с этим адресом. С ним здесь уже есть учётная запись. Войдите или запросите там новый пароль. Если вас пригласили, откройте ссылку из приглашения.`,
    ],
    action: 'Войти',
    below: ['Если это были не вы, ничего не делайте: ничего не изменилось.'],
  }),
  registration_rejected: ({ name, tenant, reason }) => ({
    subject: `Ваша заявка в «${tenant}»`,
    above: [
      `Здравствуйте, ${name}!`,
      `Ваша заявка на регистрацию в «${tenant}» не принята.`,
      `Причина: ${reason}`,
    ],
    action: null,
    below: ['Когда это изменится, вы можете отправить заявку снова.'],
  }),
  lot: ({ name, notice }) => ({ action: 'Открыть лот', ...LOT_RU[notice](name), below: [] }),
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
  registration_received: ({ tenant }) => ({
    subject: `Ваша заявка до «${tenant}»`,
    above: [
      'Вітаємо!',
      `Ми отримали вашу заявку на реєстрацію в «${tenant}». Її розглянуть, і ви отримаєте лист із рішенням.`,
    ],
    action: null,
    below: ['Якщо це були не ви, нічого не робіть: без вас заявкою ніхто не скористається.'],
  }),
  registration_known: ({ tenant }) => ({
    subject: `Ви вже маєте доступ до «${tenant}»`,
    above: [
      'Вітаємо!',
      `Хтось, найімовірніше ви, надіслав заявку до «${tenant}» із цією адресою. З нею тут уже є обліковий запис. Увійдіть або попросіть там новий пароль. Якщо вас запросили, відкрийте посилання із запрошення.`,
    ],
    action: 'Увійти',
    below: ['Якщо це були не ви, нічого не робіть: нічого не змінилося.'],
  }),
  registration_rejected: ({ name, tenant, reason }) => ({
    subject: `Ваша заявка до «${tenant}»`,
    above: [
      `Вітаємо, ${name}!`,
      `Вашу заявку на реєстрацію в «${tenant}» не прийнято.`,
      `Причина: ${reason}`,
    ],
    action: null,
    below: ['Коли це зміниться, ви можете надіслати заявку знову.'],
  }),
  lot: ({ name, notice }) => ({ action: 'Відкрити лот', ...LOT_UK[notice](name), below: [] }),
};

const TEXTS: Readonly<Record<Locale, Texts>> = { en, ru, uk };

/** A letter in the language of the person who gets it. */
export function textOf(letter: Letter): LetterText {
  const texts = TEXTS[letter.locale];
  switch (letter.kind) {
    case 'password_reset':
      return texts.password_reset(letter);
    case 'invitation':
      return texts.invitation(letter);
    case 'registration_received':
      return texts.registration_received(letter);
    case 'registration_known':
      return texts.registration_known(letter);
    case 'registration_rejected':
      return texts.registration_rejected(letter);
    case 'lot':
      return texts.lot(letter);
  }
}
