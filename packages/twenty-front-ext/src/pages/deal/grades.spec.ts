import { expect, test } from 'vitest';
import { answersOf, gradesOf } from './grades.ts';

const CRITERIA = ['budget', 'need', 'timing'];

test('answers become grades and answers again; what is not known is left out', () => {
  const grades = gradesOf(CRITERIA, { answers: { budget: 2, need: 0, other: 1 }, version: 3 });
  expect(grades).toEqual({ budget: '2', need: '0', timing: '', version: 3 });
  expect(answersOf(CRITERIA, grades)).toEqual({ budget: 2, need: 0 });
});

test('a card that nobody has answered has version 0', () => {
  expect(gradesOf(CRITERIA)).toEqual({ budget: '', need: '', timing: '', version: 0 });
  expect(gradesOf(CRITERIA, { answers: null, version: 1 }).version).toBe(1);
});
