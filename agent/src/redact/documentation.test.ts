import { expect, it } from 'vitest';
import { patterns } from './patterns.ts';
import { redactText } from './redact.ts';
import { lastArgumentRules, programRules, redacted } from './rules.ts';

/** What is redacted, with an example in which the secret stands between « and ». */
interface Rule {
  readonly what: string;
  readonly example: string;
}

const code = (words: readonly string[]): string => words.map((word) => `\`${word}\``).join(', ');

const names: readonly Rule[] = [
  { what: 'option whose name says secret', example: 'app --db-password «hunter2» -v' },
  { what: 'the same with `=`', example: 'app --api-key=«hunter2»' },
  { what: 'system property', example: 'java -Djavax.net.ssl.keyStorePassword=«hunter2»' },
  { what: 'variable in front of a command', example: 'PGPASSWORD=«hunter2» psql' },
  { what: 'header with such a name', example: 'X-Api-Key: «hunter2»' },
  { what: 'key of JSON or YAML', example: '{"token": "«hunter2»", "n": 1}' },
  { what: 'connection string', example: 'Server=db;Pwd=«hunter2»;Timeout=3' },
  { what: 'query of a URL', example: 'https://web-1/?a=1&api_key=«hunter2»&b=2' },
];
const options: readonly Rule[] = [
  ...programRules.map(({ programs, flags, after, keepUntil, example }) => ({
    what: `${code(flags)} of ${code(programs)}${after ? ` after \`${after}\`` : ''}${keepUntil ? `, from \`${keepUntil}\` on` : ''}`,
    example,
  })),
  ...lastArgumentRules.map(({ programs, example }) => ({
    what: `last argument of ${code(programs)}`,
    example,
  })),
];

const before = ({ example }: Rule): string => example.replace(/[«»]/g, '');
const after = ({ example }: Rule): string => example.replace(/«[^»]*»/g, redacted);

it.each([...names, ...options, ...patterns])('redacts: $what', (rule) => {
  const result = redactText(before(rule));
  expect(result).toBe(after(rule));
  expect(redactText(result)).toBe(result);
});

it('documents every rule in RULES.md', async () => {
  const line = (rule: Rule): string =>
    `| ${rule.what} | \`${after(rule).replace(/\n/g, '⏎').replaceAll('|', '\\|')}\` |`;
  const table = (rules: readonly Rule[]): string =>
    ['| what | becomes |', '|---|---|', ...rules.map(line)].join('\n');
  await expect(`# What is redacted

Command lines and free text are redacted on the host, before they are written to the spool. This
page is made from the rules themselves (\`npx vitest run agent/src/redact --update\`), and each line of it
is a test.

A name says secret when it holds a word such as password, secret, token, credential or API key
(\`secret-name.ts\`); \`--password-file\`, \`--ask-pass\` and the like say none. An argument that the
kernel cut, and that ends with \`…\`, is redacted as if it were whole.

## Names

${table(names)}

## Options of known programs

${table(options)}

## Shapes

${table(patterns)}
`).toMatchFileSnapshot('RULES.md');
});
