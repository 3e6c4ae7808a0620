const entities: Record<string, string> = { '&lt;': '<', '&gt;': '>', '&amp;': '&' };

/**
 * The text that a person typed, from the text that Slack delivers: mentions of people are dropped,
 * links that Slack made itself (`<http://web-3.example|web-3.example>`) become their label again,
 * and `&lt; &gt; &amp;` become characters.
 */
export function fromSlack(text: string): string {
  return text
    .replace(/<@[^>]*>/g, ' ')
    .replace(/<#[^|>]*\|?([^>]*)>/g, ' $1 ')
    .replace(/<!date\^[^|>]*\|([^>]*)>/g, '$1')
    .replace(/<![^>]*>/g, ' ')
    .replace(/<([^|>]+)\|([^>]*)>/g, '$2')
    .replace(/<((?:https?|mailto|tel):[^>]*)>/g, (_, link: string) =>
      link.replace(/^(?:https?:\/\/|mailto:|tel:)/, '').replace(/\/$/, ''),
    )
    .replace(/&(?:lt|gt|amp);/g, (entity) => entities[entity] ?? entity)
    .replace(/[\u2018\u2019]/g, "'")
    .replace(/[\u201c\u201d]/g, '"')
    .trim();
}
