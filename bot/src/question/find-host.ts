const name = '[a-z0-9_\\ue000-\\uefff][\\w.\\ue000-\\uefff-]*';
const day = '(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?';
const month =
  '(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)';
const notHost = `(?!(?:${day}|${month}|the|this|that|my|our|your|its|a|an|which|what|all|any|every|purpose|its own|host|hosts|server|machine|box|node)\\b|\\d+\\b)`;

const patterns: readonly RegExp[] = [
  new RegExp(
    `\\b(?:on|from|in|at)\\s+(?:the\\s+)?(?:host|server|machine|box|node|vm)\\s+(${name})`,
    'i',
  ),
  new RegExp(`\\b(?:host|server|machine|box|node)\\s*[=:]?\\s+${notHost}(${name})`, 'i'),
  new RegExp(`\\b(?:host)=(${name})`, 'i'),
  new RegExp(
    `\\bon\\s+${notHost}(?:the\\s+)?(${name})(?:\\s+(?:host|server|machine|box|node)\\b)?`,
    'i',
  ),
  /\b(?:in|at|from|and)\s+([\ue000-\uefff])/i,
  /\bthe\s+([\ue000-\uefff])\s+(?:host|server|machine|box|node)\b/i,
];

/** The host that a preposition or the word itself points to, and the text without it. */
export function findHost(text: string): { host: string; rest: string } | null {
  for (const pattern of patterns) {
    const match = pattern.exec(text);
    const host = match?.[1]?.replace(/[.,;:!?-]+$/, '').replace(/'s$/, '');
    if (match && host) return { host, rest: text.replace(match[0], ' ') };
  }
  return null;
}
