import { type Html, html } from './html.ts';

export interface PageParts {
  title: string;
  /** Of the page's own place in the navigation. */
  here?: '/' | '/search';
  /** Null where nobody is signed in. */
  who: string | null;
  body: Html;
}

const places = [
  ['/', 'Fleet'],
  ['/search', 'Search'],
  ['/docs/', 'API'],
] as const;

/** A whole page. It loads from this hub alone, and reads without its script. */
export function page({ title, here, who, body }: PageParts): string {
  return `<!doctype html>\n${html`<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title} · Coroner</title>
<link rel="icon" href="/assets/icon.svg" type="image/svg+xml">
<link rel="stylesheet" href="/assets/uplot.css">
<link rel="stylesheet" href="/assets/style.css">
<script src="/assets/uplot.js" defer></script>
<script src="/assets/page.js" defer></script>
</head>
<body>
<a class="skip" href="#main">Skip to the content</a>
<header>
<a class="brand" href="/">Coroner</a>
${who !== null && navigation(here, who)}
</header>
<main id="main" tabindex="-1">
${body}
</main>
</body>
</html>
`}`;
}

const navigation = (here: PageParts['here'], who: string): Html => html`<nav aria-label="Pages">
${places.map(([path, name]) =>
  path === here
    ? html`<a href="${path}" aria-current="page">${name}</a>`
    : html`<a href="${path}">${name}</a>`,
)}
</nav>
<form class="find" role="search" action="/search"><label><span class="unseen">Search</span><input type="search" name="q" placeholder="process, host, user, id" maxlength="256"></label></form>
<form class="leave" method="post" action="/sign-out"><span>${who}</span> <button>Sign out</button></form>`;
