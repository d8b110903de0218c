import { describe, expect, it } from 'vitest';
import { compose } from './compose.ts';
import { LOT_NOTICES } from './letter.ts';
import type { Letter } from './letter.ts';

const letter: Letter = {
  kind: 'invitation',
  to: 'new@example.com',
  name: 'Оля <b>"&',
  locale: 'uk',
  token: 'a+b/c=&d',
  tenant: "<script>alert('1')</script>",
};

describe('a letter', () => {
  it('leads into the web application, with its token as one parameter', () => {
    const { text, html } = compose(letter, 'https://mak.example');
    const link = 'https://mak.example/invitation?token=a%2Bb%2Fc%3D%26d';
    expect(text).toContain(`:\n${link}\n`);
    expect(html).toContain(`href="${link}"`);
    expect(new URL(link).searchParams.get('token')).toBe(letter.token);
  });

  it('holds no markup of names', () => {
    const { html, subject } = compose(letter, 'https://mak.example');
    expect(html).not.toContain('<script');
    expect(html).not.toContain('Оля <b>');
    expect(html).toContain('Оля &lt;b&gt;&quot;&amp;');
    expect(subject).toContain(letter.tenant);
  });

  it.each([
    ['en', 'Invitation to', 'A new password'],
    ['ru', 'Приглашение', 'Новый пароль'],
    ['uk', 'Запрошення', 'Новий пароль'],
  ] as const)('is written in %s', (locale, invitation, reset) => {
    expect(compose({ ...letter, locale }, 'https://mak.example').subject).toContain(invitation);
    const forgotten = compose(
      { kind: 'password_reset', to: letter.to, name: 'N', token: 't', locale },
      'https://mak.example',
    );
    expect(forgotten.subject).toContain(reset);
    expect(forgotten.text).toContain('https://mak.example/reset-password?token=t');
  });

  it.each(['en', 'ru', 'uk'] as const)('of a lot leads to it and says no more, in %s', (locale) => {
    const subjects = LOT_NOTICES.map((notice) => {
      const lot = '01a1fe4c-9969-736e-b48e-41142356aa59';
      const news = { kind: 'lot', to: letter.to, name: '<b>', locale, notice, lot } as const;
      const { subject, text, html } = compose(news, 'https://mak.example');
      // Leads that somebody was given lie among the own ones.
      const page = notice === 'assigned' ? '/leads?kind=working' : `/auction/${lot}`;
      expect(text).toContain(`https://mak.example${page}`);
      expect(text).not.toContain('undefined');
      expect(html).not.toContain('<b>');
      return subject;
    });
    expect(new Set(subjects).size).toBe(LOT_NOTICES.length);
  });
});
