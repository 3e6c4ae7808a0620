import { type Html, html } from '../html/html.ts';

/** A token by hand; or a link that Slack gave. */
export const signInPage = (to: string, trouble: string | null): Html => html`<h1>Sign in</h1>
${trouble && html`<p role="alert" class="trouble">${trouble}</p>`}
<form method="post" action="/sign-in" class="search">
<input type="hidden" name="to" value="${to}">
<label>Token <input type="password" name="token" autocomplete="current-password" required autofocus></label> <button>Sign in</button>
</form>
<p>A token for you: <code>npx coroner token create NAME</code>.</p>`;

/** Opening the link does not use it up: previews of messages open links as well. */
export const oneTimePage = (code: string): Html => html`<h1>Sign in</h1>
<p>This link signs you in once, on this device.</p>
<form method="post" action="/sign-in/${encodeURIComponent(code)}"><button>Sign in</button></form>`;

export const troublePage = (title: string, detail: string): Html => html`<h1>${title}</h1>
<p role="alert">${detail}</p>
<p><a href="/">To the fleet</a></p>`;
