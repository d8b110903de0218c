import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cityKey } from './city.ts';
import { foldedWords, foldLetters } from './letters.ts';
import { ALIKE_NAME, nameBlocks, nameSimilarity, nameWords } from './names.ts';

const alike = (left: string, right: string): number => {
  const [one, other] = [nameWords(left), nameWords(right)];
  const score = nameSimilarity(one, other);
  expect(nameSimilarity(other, one)).toBe(score);
  return score;
};
const shareBlock = (left: readonly string[], right: readonly string[]): boolean => {
  const known = new Set(nameBlocks(left));
  return nameBlocks(right).some((block) => known.has(block));
};

describe('foldLetters', () => {
  it.each([
    ['ИВАН', 'Ivan'],
    ['Семён', 'Семен'],
    ['Марія', 'Мария'],
    ['Юлия', 'Yuliya'],
    ['Юлия', 'Julia'],
    ['Галина', 'Halyna'],
    ['Євген', 'Yevhen'],
    ['Евген', 'Євген'],
    ['Михаил', 'Mikhail'],
    ['Сергей', 'Sergey'],
    ['Дмитрий', 'Dmitry'],
    ['Щербина', 'Shcherbyna'],
    ['Жанна', 'Zhanna'],
    ['Цветков', 'Tsvetkov'],
    ['Чехов', 'Chekhov'],
    ['Шульц', 'Schultz'],
    ['Анна', 'Ана'],
    ["Мар'яна", 'Марьяна'],
    ['Мар’яна', 'Маряна'],
    ['Ґонта', 'Гонта'],
    ['Їжак', 'Ижак'],
    ['Эдуард', 'Eduard'],
    ['Ядвига', 'Iadviga'],
    ['Фёдор', 'Feдор'],
    ['Филипп', 'Philip'],
    ['Викинг', 'Wiking'],
    ['Сикстус', 'Sixtus'],
    ['Клык', 'Qlick'],
    ['Виктор', 'Victor'],
    ['Левицкий', 'Levytskyi'],
    ['Рац', 'Ratz'],
    ['Łódź Ørsted Đuro Straße', 'lodz orsted duro strase'],
    ['æœ', 'e'],
    ['ﬁ', 'fi'],
    ['Ivaн', 'Иван'],
    ['объект', 'обект'],
    ['ı', 'i'],
  ])('%s sounds like %s', (one, other) => {
    expect(foldLetters(one)).toBe(foldLetters(other));
  });

  it.each([
    ['абвгґдеєжзиіїйклмнопрстуфхцчшщъыьэюя', 'abvgdežziklmnoprstufgĉčšeiuia'],
    ['2 × 1100', '2 × 1100'],
    ['Юрій Щур', 'iuri šur'],
    ['日本', '日本'],
  ])('%s is %s', (text, folded) => expect(foldLetters(text)).toBe(folded));

  it('parts words at everything that is neither letter nor digit', () => {
    expect(foldedWords('  Нечуй-Левицкий, И. (2) "Ё"')).toEqual([
      'nečui',
      'leviĉki',
      'i',
      '2',
      'e',
    ]);
    expect(foldedWords(' – ')).toEqual([]);
  });
});

describe('nameWords', () => {
  it.each([
    ['Петров Иван', ['ivan', 'petrov']],
    ['ООО "Ромашка"', ['romaška']],
    ['Ромашка, LLC', ['romaška']],
    ['ФОП Петренко', ['petrenko']],
    ['ООО', ['o']],
    ['', []],
  ])('%s is %j', (name, words) => expect(nameWords(name)).toEqual(words));

  it.each([
    'ООО',
    'ОАО',
    'ЗАО',
    'ПАО',
    'АО',
    'ИП',
    'ЧП',
    'ТОВ',
    'ТзОВ',
    'ФОП',
    'ПП',
    'ПрАТ',
    'ПАТ',
    'LLC',
    'Ltd',
    'Limited',
    'Inc.',
    'Corp',
    'Corporation',
    'Company',
    'Co',
    'GmbH',
    'AG',
  ])('does not count %s', (form) => expect(nameWords(`${form} Acme`)).toEqual(nameWords('Acme')));
});

describe('nameSimilarity', () => {
  it.each([
    ['Иван Петров', 'Petrov, Ivan', 1_000],
    ['Иван Петров', 'Иван Петрова', 911],
    ['Иван Петров', 'Иван Сергеевич Петров', 909],
    ['И. Петров', 'Иван Петров', 941],
    ['Иван Петров', 'Иван Сидоров', 380],
    ['Иван', 'Иван Петров', 571],
    ['Петров', 'Пертов', 833],
    ['Петренко', 'Перенко', 875],
    ['Петренко', 'Птеренко', 875],
    ['И', 'А', 0],
    ['И', 'И', 1_000],
    ['Иван', '', 0],
    ['', '', 0],
    ['bald', 'bami', 0],
    ['baldo', 'balmi', 600],
  ])('%s and %s: %i', (left, right, score) => {
    expect(alike(left, right)).toBe(score);
  });

  it('pairs each word once', () => {
    expect(alike('Анна Анна', 'Анна Петренко')).toBe(Math.floor((6 * 1_000) / 17));
    expect(alike('бабак барсук', 'барсук бабах')).toBe(909);
  });

  const word = fc.string({ unit: fc.constantFrom('a', 'b', 'c', 'd'), minLength: 1, maxLength: 9 });
  const words = fc.array(word, { maxLength: 4 });

  it('is the same in both directions, between 0 and 1,000, and 1,000 for the same words', () => {
    fc.assert(
      fc.property(words, words, (left, right) => {
        const score = nameSimilarity(left, right);
        expect(nameSimilarity(right, left)).toBe(score);
        expect(score).toBeGreaterThanOrEqual(0);
        expect(score).toBeLessThanOrEqual(1_000);
        expect(Number.isInteger(score)).toBe(true);
        expect(nameSimilarity(left, left.toReversed())).toBe(left.length === 0 ? 0 : 1_000);
      }),
    );
  });
});

describe('nameBlocks', () => {
  it.each([
    [[], []],
    [['orlov'], ['orlov']],
    [['petrov'], ['-ov', '-rov', 'pet-']],
    [['petrenko'], ['-enko', '-renko', 'pet-']],
    [
      ['ivan', 'petrov'],
      ['ivan -rov', 'ivan -trov', 'ivan pe-', 'petrov -n', 'petrov -an', 'petrov i-', 'petrov iv-'],
    ],
    [
      ['orlov', 'petrenko'],
      ['orlov pe-', 'orlov -enko', 'petrenko or-', 'petrenko -ov', 'petrenko -lov'],
    ],
    [
      ['i', 'ia'],
      ['i i-', 'i -a', 'ia i-', 'ia -i'],
    ],
    [
      ['gagarin', 'vi'],
      ['gagarin v-', 'gagarin -i', 'vi ga-', 'vi -arin'],
    ],
  ])('of %j are %j', (words, blocks) => {
    expect(nameBlocks(words)).toEqual(blocks.toSorted());
  });

  it('takes the three longest words, and of as long ones the first', () => {
    const blocks = nameBlocks(['aa', 'bb', 'cccc', 'dd', 'eeee']);
    expect(new Set(blocks.map((block) => block.split(' ')[0]))).toEqual(
      new Set(['aa', 'cccc', 'eeee']),
    );
    expect(nameBlocks(['dd', 'eeee', 'bb', 'aa', 'cccc'])).toEqual(blocks);
  });

  it('finds a name without its patronymic', () => {
    expect(shareBlock(nameWords('Иван Петров'), nameWords('Петров Иван Сергеевич'))).toBe(true);
    expect(shareBlock(nameWords('Иван Петров'), nameWords('И. Петров'))).toBe(true);
    expect(shareBlock(nameWords('Иван Петров'), nameWords('Олег Петров'))).toBe(false);
    expect(shareBlock(nameWords('Иван Петров'), nameWords('Иван Сидоров'))).toBe(false);
  });

  const letter = fc.constantFrom(...'abcdefg');
  const word = fc.string({ unit: letter, minLength: 3, maxLength: 10 });
  const longWord = fc.string({ unit: letter, minLength: 6, maxLength: 12 });
  /** A word that is mistyped at one place. */
  const typo = (text: string): fc.Arbitrary<string> =>
    fc
      .record({
        at: fc.nat({ max: text.length - 1 }),
        how: fc.constantFrom('add', 'drop', 'change', 'swap'),
        letter,
      })
      .map(({ at, how, letter: other }) => {
        if (how === 'add') return text.slice(0, at) + other + text.slice(at);
        if (how === 'drop') return text.slice(0, at) + text.slice(at + 1);
        if (how === 'change') return text.slice(0, at) + other + text.slice(at + 1);
        return text.slice(0, at) + (text[at + 1] ?? '') + (text[at] ?? '') + text.slice(at + 2);
      });

  it('are shared by names of two or three words with one mistyped letter', () => {
    const cases = fc
      .array(word, { minLength: 2, maxLength: 3 })
      .chain((words) => fc.record({ words: fc.constant(words), wrong: typo(words[0] ?? '') }));
    fc.assert(
      fc.property(cases, ({ words, wrong }) => {
        expect(shareBlock(words.toSorted(), [wrong, ...words.slice(1)].toSorted())).toBe(true);
      }),
      { numRuns: 300 },
    );
  });

  it('are shared by single words that are alike with one mistyped letter', () => {
    const cases = longWord.chain((text) =>
      fc.record({ text: fc.constant(text), wrong: typo(text) }),
    );
    fc.assert(
      fc.property(cases, ({ text, wrong }) => {
        fc.pre(nameSimilarity([text], [wrong]) >= ALIKE_NAME);
        expect(shareBlock([text], [wrong])).toBe(true);
      }),
      { numRuns: 300 },
    );
  });
});

describe('cityKey', () => {
  it.each([
    ['г. Киев', 'Kyiv'],
    ['м. Київ, Україна', 'Kiev'],
    ['КИЕВ (Украина)', 'Київ'],
    ['Харків', 'Харьков'],
    ['Lviv', 'Львов'],
    ['Днепропетровск', 'Дніпро'],
    ['Запоріжжя', 'Запорожье'],
    ['Миколаїв', 'Николаев'],
    ['Кривий Ріг', 'Кривой  рог'],
    ['Чернігів', 'Чернигов'],
    ['Чернівці', 'Черновцы'],
    ['Тернопіль', 'Тернополь'],
    ['Рівне', 'Ровно'],
    ['Івано-Франківськ', 'Ивано-Франковск'],
    ['Кіровоград', 'Кропивницкий'],
    ['город Москва', 'Moscow'],
    ['СПб', 'Санкт-Петербург'],
    ['St Petersburg', 'Питер'],
    ['Екатеринбург', 'ЕКБ'],
    ['Алма-Ата', 'Алматы'],
    ['Менск', 'Минск'],
    ['Warsaw', 'Варшава'],
    ['Praha', 'Прага'],
    ['місто Одеса', 'Одесса'],
    ['Нижний Новгород', 'Nizhny Novgorod'],
    ['New York City', 'new york'],
  ])('%s is %s', (one, other) => {
    expect(cityKey(one)).not.toBeNull();
    expect(cityKey(one)).toBe(cityKey(other));
  });

  it.each([
    ['Київ', 'Харків'],
    ['Днепр', 'Днепродзержинск'],
    ['Новгород', 'Нижний Новгород'],
  ])('%s is not %s', (one, other) => expect(cityKey(one)).not.toBe(cityKey(other)));

  it.each(['', 'г.', ', Украина', '(нет)\n'])('%j is none', (city) =>
    expect(cityKey(city)).toBeNull(),
  );

  it('is what stands before a comma, also over several lines', () => {
    expect(cityKey('Lutsk, x\ny')).toBe(cityKey('Луцк'));
  });
});
