import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse as parseYaml } from 'yaml';
import { z } from 'zod';
import { newSecret, signatureHeaders } from './features/webhooks/webhooks.signature.ts';
import { readConfig } from './platform/config/config.ts';

/** What the pages claim, compared with the product. */
const root = resolve(import.meta.dirname, '../../..');
const read = (file: string): string => readFileSync(join(root, file), 'utf8');
const pages = ['README.md', ...globSync('docs/**/*.md', { cwd: root })];
const texts = new Map(pages.map((page) => [page, read(page)]));
const everything = [...texts.values()].join('\n');
const operators = texts.get('docs/operators.md') ?? '';
const sources = globSync(
  'packages/twenty-mak{,-domain}/src/{features,platform,connectors,basics,deal-gates,leads,pipelines,sla,sync}/**/*.ts',
  {
    cwd: root,
  },
)
  .filter((file) => !/spec\.ts$|\/fixtures\.ts$/.test(file))
  .map(read);
/** Every metric of the product with the labels of its series. */
const metrics = new Map(
  sources.flatMap((source) =>
    [...source.matchAll(/\.(counter|gauge|histogram)\(\s*'(mak_[a-z_]+)',([\s\S]*?)\);/g)].flatMap(
      ([, kind, name = '', rest = '']): [string, string[]][] => {
        const list = /\[(\s*'[^\]]*)\]/.exec(rest)?.[1] ?? '';
        const labels = [...list.matchAll(/'(\w+)'/g)].map(([, label = '']) => label);
        if (kind !== 'histogram') return [[name, labels]];
        return [
          [name, labels],
          [`${name}_bucket`, [...labels, 'le']],
          [`${name}_count`, labels],
          [`${name}_sum`, labels],
        ];
      },
    ),
  ),
);

/** What a question to Prometheus asks for that there is not: metrics, and labels that it groups by or chooses. */
function unknownIn(expr: string): string[] {
  const grouped = [...expr.matchAll(/\b(?:by|on) \(([^)]+)\)/g)].flatMap(([, list = '']) =>
    list.split(/,\s*/),
  );
  return [...expr.matchAll(/\b(mak_[a-z_]+)(?:\{([^}]*)\})?/g)].flatMap(
    ([, name = '', chosen = '']) => {
      const known = metrics.get(name);
      if (known === undefined) return [name];
      const chooses = [...chosen.matchAll(/(\w+)(?:=~|!=|!~|=)"/g)].map(([, label = '']) => label);
      return [...grouped, ...chooses]
        .filter((label) => !known.includes(label))
        .map((label) => `${name}: ${label}`);
    },
  );
}

const watchedIn = (expr: string): string[] => [...expr.matchAll(/\bmak_[a-z_]+/g)].map(String);

describe('links', () => {
  it.each(pages)('of %s lead somewhere', (page) => {
    const targets = [...(texts.get(page) ?? '').matchAll(/\]\(([^)\s]+)\)/g)].map(
      ([, target = '']) => target,
    );
    const broken = targets.filter((target) => {
      if (/^[a-z]+:/.test(target)) return false;
      const [path = '', anchor] = target.split('#');
      const file = path === '' ? page : join(dirname(page), path);
      if (!existsSync(join(root, file))) return true;
      return anchor !== undefined && !anchorsOf(read(file)).includes(anchor);
    });
    expect(broken).toEqual([]);
  });

  it('leave no page alone', () => {
    const linked = new Set(
      [...texts].flatMap(([page, text]) =>
        [...text.matchAll(/\]\(([^)#\s]+)/g)].map(([, path = '']) => join(dirname(page), path)),
      ),
    );
    expect(pages.filter((page) => page !== 'README.md' && !linked.has(page))).toEqual([]);
  });
});

describe('operators', () => {
  const rows = new Map(
    [...operators.matchAll(/^\| `([A-Z][A-Z0-9_]+)` +\| (.*?) +\|/gm)].map(
      ([, name = '', value = '']) => [name, value],
    ),
  );
  const required = {
    PG_APP_URL: 'postgres://app@localhost/mak',
    PG_SCAN_URL: 'postgres://scan@localhost/mak',
    REDIS_URL: 'redis://localhost',
    MAK_SECRET_KEY: 'x'.repeat(32),
    MAK_OPERATOR_KEY: 'x'.repeat(32),
    BETTER_AUTH_SECRET: 'x'.repeat(32),
  };

  it('find every variable in the table, and no other', () => {
    const known = [
      ...read('packages/twenty-mak/src/platform/config/config.ts').matchAll(
        /^ {2}([A-Z][A-Z0-9_]+): /gm,
      ),
    ].map(([, name]) => name);
    expect(known.length).toBeGreaterThan(20);
    expect([...rows.keys()].sort()).toEqual(known.sort());
  });

  it('find the defaults that hold', () => {
    const config = new Map<string, unknown>(Object.entries(readConfig(required)));
    const expected = [...rows.keys()].map((name) => {
      if (name in required) return [name, 'required'];
      return [name, config.has(name) ? `\`${String(config.get(name))}\`` : 'none'];
    });
    expect([...rows]).toEqual(expected);
  });

  it('find every metric', () => {
    const made = sources.flatMap((source) =>
      [...source.matchAll(/\.(?:counter|gauge|histogram)\(\s*'(mak_[a-z_]+)'/g)].map(
        ([, name = '']) => name,
      ),
    );
    expect(made.length).toBeGreaterThan(5);
    expect([...metrics.keys()]).toEqual(expect.arrayContaining(made));
    for (const metric of made) expect(operators).toContain(`\`${metric}\``);
    for (const [, told] of operators.matchAll(/`(mak_[a-z]+_\w+)`/g)) expect(made).toContain(told);
  });
});

describe('alerts', () => {
  const text = z.string().min(1);
  const duration = z.string().regex(/^\d+[smhd]$/);
  const { groups } = z
    .strictObject({
      groups: z.array(
        z.strictObject({
          name: text,
          rules: z.array(
            z.strictObject({
              alert: text,
              expr: text,
              for: duration.optional(),
              labels: z.strictObject({ severity: z.enum(['critical', 'warning', 'info']) }),
              annotations: z.strictObject({ summary: text, description: text }),
            }),
          ),
        }),
      ),
    })
    .parse(parseYaml(read('deploy/prometheus/mak.rules.yml'), { strict: true, uniqueKeys: true }));
  const rules = groups.flatMap((group) => group.rules);

  it('stand in the table for operators, and no others', () => {
    const told = [...operators.matchAll(/^\| `(Mak\w+)`/gm)].map(([, name]) => name);
    expect(rules.length).toBeGreaterThan(3);
    expect(told.sort()).toEqual(rules.map(({ alert }) => alert).sort());
  });

  it.each(rules)('$alert watches metrics that there are, by labels that they have', ({ expr }) => {
    expect(watchedIn(expr)).not.toEqual([]);
    expect(expr).toMatch(/\bby \(/);
    expect(unknownIn(expr)).toEqual([]);
  });

  it.each(rules)('$alert names only labels that its expression leaves', ({ expr, annotations }) => {
    const left = [...expr.matchAll(/\bby \(([^)]+)\)/g)].flatMap(([, list = '']) =>
      list.split(/,\s*/),
    );
    const named = Object.values(annotations).flatMap((line) =>
      [...line.matchAll(/\$labels\.(\w+)/g)].map(([, label]) => label),
    );
    for (const label of named) expect(left).toContain(label);
  });
});

describe('the dashboard', () => {
  const { panels } = z
    .object({
      panels: z.array(
        z.object({
          title: z.string().min(1),
          targets: z.array(z.object({ expr: z.string().min(1) })).min(1),
        }),
      ),
    })
    .parse(JSON.parse(read('deploy/grafana/mak-sync.json')));

  it.each(panels)('shows by $title metrics that there are, by labels that they have', (panel) => {
    for (const { expr } of panel.targets) {
      expect(watchedIn(expr)).not.toEqual([]);
      expect(unknownIn(expr)).toEqual([]);
    }
  });

  it('would notice a metric or a label that there is not', () => {
    expect(unknownIn('sum by (connector) (mak_sync_lag_minutes{kind="x"})')).toEqual([
      'mak_sync_lag_minutes',
    ]);
    expect(unknownIn('sum by (tenant) (mak_sync_pending{kind="x"})')).toEqual([
      'mak_sync_pending: tenant',
      'mak_sync_pending: kind',
    ]);
  });

  it('shows every figure of the sync', () => {
    const shown = new Set(
      panels.flatMap(({ targets }) => targets.flatMap(({ expr }) => watchedIn(expr))),
    );
    const figures = [...metrics.keys()].filter((name) => name.startsWith('mak_sync_'));
    expect(figures.length).toBeGreaterThan(10);
    expect(figures.filter((name) => !shown.has(name))).toEqual([]);
  });
});

describe('integrators', () => {
  it('find every error code', () => {
    const codes = new Set(
      sources.flatMap((source) =>
        [...source.matchAll(/(?:\bcode: |\brefuse\(\s*|\bFileError\(\s*)'([a-z][a-z_]+)'/g)].map(
          ([, code = '']) => code,
        ),
      ),
    );
    expect(codes.size).toBeGreaterThan(100);
    expect([...codes].filter((code) => !everything.includes(`\`${code}\``))).toEqual([]);
  });

  it('get a verification of webhooks that works', async () => {
    const code = /```js\n(import \{ createHmac[\s\S]*?)```/.exec(
      texts.get('docs/integrators.md') ?? '',
    )?.[1];
    const { verify } = (await import(
      /* @vite-ignore */ `data:text/javascript,${encodeURIComponent(code ?? '')}`
    )) as {
      verify: (secret: string, headers: object, body: string, now?: number) => boolean;
    };
    const [secret, sentAt, body] = [newSecret(), Date.now(), '{"type":"masterdeal.created"}'];
    const headers = signatureHeaders([newSecret(), secret], { id: 'event-1', sentAt, body });
    expect(verify(secret, headers, body)).toBe(true);
    expect(verify(secret, headers, `${body} `)).toBe(false);
    expect(verify(newSecret(), headers, body)).toBe(false);
    expect(verify(secret, headers, body, sentAt + 600_000)).toBe(false);
  });
});

describe('everybody', () => {
  it('finds the addresses that pages name', () => {
    const { paths } = JSON.parse(read('packages/twenty-mak/openapi.json')) as { paths: object };
    const known = Object.keys(paths).map((path) => path.replaceAll(/\{[^}]+\}/g, '*').split('/'));
    const isKnown = (path: string): boolean =>
      known.some(
        (route) =>
          route.length === path.split('/').length &&
          path.split('/').every((part, index) => route[index] === '*' || route[index] === part),
      );
    const named = [
      ...everything.matchAll(/(?<![\w:])(?:\$URL|\$U|`[A-Z]* ?)(\/v1\/[\w{}/-]+)/g),
    ].map(([, path = '']) => path.replaceAll(/\{[^}]+\}/g, '*'));
    expect(named.length).toBeGreaterThan(30);
    // better-auth has its own routes under /v1/auth.
    const ours = named.filter((path) => !path.startsWith('/v1/auth/'));
    expect([...new Set(ours)].filter((path) => !isKnown(path))).toEqual([]);
  });

  it('finds the commands that pages name', () => {
    const commands = new Set(
      [...everything.matchAll(/(?:^|`)\.\/mak ([a-z]+)/gm)].map(([, name]) => name),
    );
    for (const command of commands)
      expect(existsSync(join(root, `packages/twenty-mak/src/cli/${command}.ts`)), command).toBe(
        true,
      );
  });

  it('sees a picture that is well formed', () => {
    const picture = read('docs/architecture.svg');
    expect(picture.startsWith('<svg ')).toBe(true);
    for (const [tag = ''] of picture.matchAll(/<(?:text|path|rect)\b[^>]*>/g))
      expect(tag.split('"').length % 2, tag).toBe(1);
  });
});

/** Anchors of headings, as Git hosts make them. */
function anchorsOf(markdown: string): string[] {
  return [...markdown.matchAll(/^#+ (.+)$/gm)].map(([, title = '']) =>
    title
      .toLowerCase()
      .replaceAll(/[^\w\s-]/g, '')
      .trim()
      .replaceAll(/\s/g, '-'),
  );
}
