import type { LetterText } from './letter-texts.ts';
import type { LotNotice } from './letter.ts';

type Told = (name: string) => Pick<LetterText, 'subject' | 'above'> & { readonly action?: string };
type LotTexts = Readonly<Record<LotNotice, Told>>;

/** What letters say of lots. What is offered, and at which price, stands behind the sign-in. */
export const LOT_EN: LotTexts = {
  offered: (name) => ({
    subject: 'A lot for you',
    above: [`Hello ${name},`, 'leads that fit where you work are on auction now.'],
  }),
  outbid: (name) => ({
    subject: 'You were outbid',
    above: [`Hello ${name},`, 'somebody has bid more than you. Your money is free again.'],
  }),
  ending: (name) => ({
    subject: 'A lot ends soon',
    above: [`Hello ${name},`, 'a lot that you have bid on or follow ends soon.'],
  }),
  won: (name) => ({
    subject: 'You have won a lot',
    above: [
      `Hello ${name},`,
      'you have won. The price is paid, and the leads with their contacts are yours.',
    ],
  }),
  assigned: (name) => ({
    subject: 'Leads for you, free of charge',
    above: [
      `Hello ${name},`,
      'leads where you work were not sold, and you were given some of them with their contacts. They cost nothing.',
    ],
    action: 'Open the leads',
  }),
};

export const LOT_RU: LotTexts = {
  offered: (name) => ({
    subject: 'Лот для вас',
    above: [
      `Здравствуйте, ${name}!`,
      'На аукционе появились лиды, подходящие вам по городу и нише.',
    ],
  }),
  outbid: (name) => ({
    subject: 'Вашу ставку перебили',
    above: [`Здравствуйте, ${name}!`, 'Кто-то предложил больше. Ваши деньги снова свободны.'],
  }),
  ending: (name) => ({
    subject: 'Торги по лоту скоро закончатся',
    above: [
      `Здравствуйте, ${name}!`,
      'Скоро закончатся торги по лоту, за которым вы следите или на который сделали ставку.',
    ],
  }),
  won: (name) => ({
    subject: 'Вы выиграли лот',
    above: [`Здравствуйте, ${name}!`, 'Вы выиграли. Цена списана, лиды и их контакты теперь ваши.'],
  }),
  assigned: (name) => ({
    subject: 'Лиды для вас, бесплатно',
    above: [
      `Здравствуйте, ${name}!`,
      'Лиды из вашего города никто не купил, и часть из них вместе с контактами передана вам. Платить не нужно.',
    ],
    action: 'Открыть лиды',
  }),
};

export const LOT_UK: LotTexts = {
  offered: (name) => ({
    subject: 'Лот для вас',
    above: [`Вітаємо, ${name}!`, 'На аукціоні з’явилися ліди, що підходять вам за містом і нішею.'],
  }),
  outbid: (name) => ({
    subject: 'Вашу ставку перебили',
    above: [`Вітаємо, ${name}!`, 'Хтось запропонував більше. Ваші гроші знову вільні.'],
  }),
  ending: (name) => ({
    subject: 'Торги за лотом скоро завершаться',
    above: [
      `Вітаємо, ${name}!`,
      'Скоро завершаться торги за лотом, за яким ви стежите або на який зробили ставку.',
    ],
  }),
  won: (name) => ({
    subject: 'Ви виграли лот',
    above: [`Вітаємо, ${name}!`, 'Ви виграли. Ціну списано, ліди та їхні контакти тепер ваші.'],
  }),
  assigned: (name) => ({
    subject: 'Ліди для вас, безкоштовно',
    above: [
      `Вітаємо, ${name}!`,
      'Ліди з вашого міста ніхто не купив, і частину з них разом із контактами передано вам. Платити не потрібно.',
    ],
    action: 'Відкрити ліди',
  }),
};
