import { expect, it } from 'vitest';
import { fromSlack } from './slack-text.ts';

it.each([
  ['<@UBOT> why did nginx die?', 'why did nginx die?'],
  ['<@UBOT|coroner> nginx', 'nginx'],
  ['nginx on <http://web-3.example|web-3.example>', 'nginx on web-3.example'],
  ['nginx on <http://web-3.example/>', 'nginx on web-3.example'],
  ['why did a&amp;b &lt;defunct&gt; die', 'why did a&b <defunct> die'],
  ['&amp;lt;', '&lt;'],
  ['why did \u201cmy app\u201d die', 'why did "my app" die'],
  ['<!here> what died in <#C1|ops>', 'what died in  ops'],
])('%s', (text, typed) => {
  expect(fromSlack(text)).toBe(typed);
});
