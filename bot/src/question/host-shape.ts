/** Ends in a number after a separator or is a domain name: `web-3`, `db2`, `a.example`. */
export function looksLikeHost(name: string): boolean {
  return /^[a-z][\w-]*-?\d+$/i.test(name) || /^[\w-]+(?:\.[\w-]+)*\.[a-z]{2,}$/i.test(name);
}
