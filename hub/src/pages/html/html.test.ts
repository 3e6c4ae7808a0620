import { expect, test } from 'vitest';
import { html } from './html.ts';

test('values are escaped in content and in attributes, HTML and lists are taken as they are', () => {
  const evil = `<script>alert("1")</script>' onx=\`\u202e\n`;
  expect(`${html`<a title="${evil}">${evil}</a>`}`).toBe(
    '<a title="&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;&#39; onx=&#96;\\u202e\\n">' +
      '&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;&#39; onx=&#96;\\u202e\\n</a>',
  );
  expect(`${html`<ul>${['<', 2].map((one) => html`<li>${one}</li>`)}</ul>`}`).toBe(
    '<ul><li>&lt;</li><li>2</li></ul>',
  );
  expect(`${html`${null}${undefined}${false}${0}`}`).toBe('0');
});

test('an object that looks like HTML is none', () => {
  const forged = { toString: () => '<b>' } as unknown as string;
  expect(`${html`${[String(forged)]}`}`).toBe('&lt;b&gt;');
});
