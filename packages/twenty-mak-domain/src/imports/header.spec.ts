import { describe, expect, it } from 'vitest';
import { headerIsData } from './header.ts';

describe('headerIsData', () => {
  it.each([
    [['Имя', 'Телефон', 'E-mail'], false],
    [['name', 'phone 1', 'phone 2', '2016', ''], false],
    [['Name (10-20)', 'Sum, 1 000 000 max'], false],
    [['Иван', '+38 (067) 123-45-67'], true],
    [['Ivan', '0671234567'], true],
    [['Ivan', 'Ivan@Example.com'], true],
  ])('%j: %j', (header, expected) => {
    expect(headerIsData(header)).toBe(expected);
  });
});
