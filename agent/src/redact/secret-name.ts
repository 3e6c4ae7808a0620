/** Words that make any name a secret's, wherever they stand in it: `dbpassword`, `CLIENT_SECRET_2`. */
const anywhere = /password|passwd|passphrase|passcode|secret|apikey|credential/;

/** Words that do so only as a whole part of the name: `api-token`, not `tokenizer`. */
const wholeParts = new Set([
  'pass',
  'pwd',
  'token',
  'authorization',
  'cookie',
  'cookies',
  'bearer',
  'jwt',
  'creds',
  'sessionid',
]);

/** `X-key` is a secret for these X; a bare `--key` is mostly a path or an index. */
const keyOwners = new Set([
  'api',
  'access',
  'account',
  'app',
  'auth',
  'deploy',
  'encryption',
  'license',
  'master',
  'private',
  'service',
  'shared',
  'signing',
  'storage',
  'subscription',
]);

/** Names that end so speak about a secret and do not hold one: `--password-file`, `TOKEN_TTL`. */
const harmlessEnds = new Set(
  `age algorithm arn cmd command count dir directory endpoint env expires expiry fd file format
  helper host issuer len length lifetime limit location manager max min mode name path policy
  prompt provider ref required server size stdin timeout ttl type uri url`.split(/\s+/),
);

/** Switches without a value: `--ask-pass`, `--no-password`. */
const switchStarts = new Set(['no', 'ask', 'skip', 'require', 'prompt', 'show', 'print']);

/** Words that merely end like a secret. */
const innocentPart = /^(?:by|com|encom|tres|sur)pass$/;

const longestName = 96;

/** Does an option, variable or key of this name hold a secret? Dashes in front and case do not matter. */
export function isSecretName(name: string): boolean {
  if (name.length > longestName) return true;
  const parts = name
    .replace(/([a-z0-9])([A-Z])/g, '$1-$2')
    .toLowerCase()
    .split(/[-_.[\]:/]+/)
    .filter((part) => part !== '');
  const last = parts.at(-1);
  if (last === undefined || harmlessEnds.has(last)) return false;
  if (parts.length > 1 && switchStarts.has(parts[0] ?? '')) return false;
  if (last === 'auth' && parts.length === 1) return true;
  return parts.some((part, index) => {
    if (anywhere.test(part) || wholeParts.has(part)) return true;
    if (part === 'key') return keyOwners.has(parts[index - 1] ?? '');
    return /(?:pass|token|pwd)$/.test(part) && !innocentPart.test(part) && part !== 'oldpwd';
  });
}

/** Values that are a place, not a secret: `PWD=/root`, `--private-key /etc/ssl/x.pem`. */
export function isPlace(name: string, value: string): boolean {
  return (
    /^(?:\/|\.\.?\/|~\/)/.test(value) &&
    /^-*(?:pwd|.*(?:private[-_.]?key|credentials?))$/i.test(name)
  );
}
