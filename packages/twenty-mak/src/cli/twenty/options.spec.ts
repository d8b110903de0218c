import { expect, it } from 'vitest';
import { makDoor, originOf, twentyDoor } from './options.ts';

it.each(['https://crm.example.com', 'https://crm.example.com/', 'http://localhost:3000'])(
  'takes %s',
  (text) => {
    expect(originOf(text, '--url')).toBe(text.replace(/\/$/, ''));
  },
);

it.each([
  ['crm.example.com', 'no address'],
  ['ftp://crm.example.com', 'no address'],
  ['https://boss:secret@crm.example.com', 'password'],
  ['https://crm.example.com/objects/companies', 'path'],
  ['https://crm.example.com/?a=b', 'path'],
])('refuses %s', (text, reason) => {
  expect(() => originOf(text, '--url')).toThrow(reason);
});

it('says what is missing, and repeats no key', () => {
  const url = 'https://crm.example.com';
  expect(() => twentyDoor({})).toThrow('--url is missing');
  expect(() => twentyDoor({ url })).toThrow('--api-key is missing');
  expect(() => makDoor({ makUrl: url })).toThrow('--mak-api-key is missing');
  const broken = 'secret\nkey';
  expect(() => twentyDoor({ url, apiKey: broken })).toThrow('is no API key');
  expect(() => twentyDoor({ url, apiKey: broken })).not.toThrow('secret');
});
