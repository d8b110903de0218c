/** Languages of the simulated people and companies. */
export type Locale = 'uk' | 'ru' | 'en';

/** A word, and how it is written in an address. */
export type Spelled = readonly [native: string, latin: string];

export interface Names {
  /** Given and family names that agree in gender. */
  readonly women: { readonly given: readonly Spelled[]; readonly family: readonly Spelled[] };
  readonly men: { readonly given: readonly Spelled[]; readonly family: readonly Spelled[] };
  readonly company: {
    readonly first: readonly Spelled[];
    readonly second: readonly Spelled[];
    readonly form: (name: string) => string;
  };
  readonly campaigns: readonly string[];
  readonly lossReasons: readonly string[];
  readonly notes: readonly string[];
}

export const NAMES: Readonly<Record<Locale, Names>> = {
  uk: {
    women: {
      given: spelled(
        'Олена:olena Ірина:iryna Наталія:nataliia Оксана:oksana Дарина:daryna Юлія:yuliia',
      ),
      family: spelled(
        'Шевченко:shevchenko Коваленко:kovalenko Савицька:savytska Мельник:melnyk Левицька:levytska',
      ),
    },
    men: {
      given: spelled(
        'Андрій:andrii Тарас:taras Богдан:bohdan Максим:maksym Ярослав:yaroslav Дмитро:dmytro',
      ),
      family: spelled(
        'Бондаренко:bondarenko Ткачук:tkachuk Савицький:savytskyi Кравець:kravets Гриценко:hrytsenko',
      ),
    },
    company: {
      first: spelled(
        'Нова:nova Зелена:zelena Північна:pivnichna Ясна:yasna Перша:persha Вільна:vilna',
      ),
      second: spelled(
        'Калина:kalyna Хвиля:khvylia Криниця:krynytsia Оселя:oselia Зоря:zoria Пекарня:pekarnia Мережа:merezha',
      ),
      form: (name) => `ТОВ «${name}»`,
    },
    campaigns: [
      'відеореклама',
      'банерна кампанія',
      'запуск продукту',
      'сезонний розпродаж',
      'зовнішня реклама',
    ],
    lossReasons: ['дорого', 'обрали іншого підрядника', 'бюджет перенесено', 'немає відповіді'],
    notes: [
      'Клієнт просить два варіанти медіаплану.',
      'Передзвонити після наради.',
      'Чекаємо на реквізити.',
    ],
  },
  ru: {
    women: {
      given: spelled(
        'Айгуль:aigul Анна:anna Мария:maria Дина:dina Светлана:svetlana Камила:kamila',
      ),
      family: spelled(
        'Ахметова:akhmetova Иванова:ivanova Ким:kim Серикова:serikova Петрова:petrova',
      ),
    },
    men: {
      given: spelled(
        'Тимур:timur Данияр:daniyar Алексей:alexey Руслан:ruslan Павел:pavel Арман:arman',
      ),
      family: spelled('Ахметов:akhmetov Иванов:ivanov Ким:kim Сериков:serikov Петров:petrov'),
    },
    company: {
      first: spelled(
        'Новая:novaya Степная:stepnaya Первая:pervaya Светлая:svetlaya Большая:bolshaya Южная:yuzhnaya',
      ),
      second: spelled(
        'Аптека:apteka Мебель:mebel Линия:liniya Ферма:ferma Гавань:gavan Планета:planeta Мастерская:masterskaya',
      ),
      form: (name) => `ТОО «${name}»`,
    },
    campaigns: [
      'видеореклама',
      'баннерная кампания',
      'запуск продукта',
      'сезонная распродажа',
      'наружная реклама',
    ],
    lossReasons: ['дорого', 'выбрали другого подрядчика', 'бюджет перенесён', 'нет ответа'],
    notes: [
      'Клиент просит два варианта медиаплана.',
      'Перезвонить после совещания.',
      'Ждём реквизиты.',
    ],
  },
  en: {
    women: {
      given: spelled('Alice:alice Grace:grace Hannah:hannah Nora:nora Sofia:sofia Emily:emily'),
      family: spelled('Walsh:walsh Turner:turner Novak:novak Hughes:hughes Meyer:meyer'),
    },
    men: {
      given: spelled('Daniel:daniel Oliver:oliver Peter:peter Lucas:lucas Adam:adam Martin:martin'),
      family: spelled('Walsh:walsh Turner:turner Novak:novak Hughes:hughes Meyer:meyer'),
    },
    company: {
      first: spelled(
        'Bright:bright Northern:northern Silver:silver Open:open Green:green First:first',
      ),
      second: spelled(
        'Harbour:harbour Foods:foods Motors:motors Garden:garden Bakery:bakery Bank:bank Travel:travel',
      ),
      form: (name) => `${name} Ltd`,
    },
    campaigns: [
      'video campaign',
      'display campaign',
      'product launch',
      'seasonal sale',
      'outdoor campaign',
    ],
    lossReasons: ['too expensive', 'chose another agency', 'budget moved', 'no answer'],
    notes: [
      'The client asks for two versions of the media plan.',
      'Call back after their meeting.',
      'Waiting for their bank details.',
    ],
  },
};

/** `word:latin word:latin …` as pairs. */
function spelled(text: string): readonly Spelled[] {
  return text.split(' ').map((pair) => {
    const [native = '', latin = ''] = pair.split(':');
    return [native, latin];
  });
}
