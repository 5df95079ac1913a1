import { html } from './html.ts'
import { page } from './page.ts'

/** Shows the PIN that a person enters in the app. */
export function pinPage(appName: string, pin: string): Response {
  return page(
    `Give this PIN to ${appName}`,
    html`<p>To finish, go back to the app and enter:</p>
<code class="pin">${pin}</code>
<p class="note">It works once. You can close this page.</p>`,
  )
}

/** Confirms that the person denied access, when the sign-in has no callback. */
export function deniedPage(appName: string): Response {
  return page(`${appName} got no access`, html`<p>You have not authorized the app. You can close this page.</p>`)
}

/** Shown when the request token is missing, invalid, used or expired. */
export function expiredPage(): Response {
  return page(
    'This sign-in is over',
    html`<p>The request token of this page is missing or invalid: it may have been used, or it has expired.</p>
<p>Go back to the app that sent you here, and begin again.</p>`,
    403,
  )
}

/** Shown when a sign-in with OAuth 2.0 is requested with wrong parameters. The person is not sent back to the app. */
export function wrongRequestPage(problem: string): Response {
  return page(
    'Something went wrong',
    html`<p>You were not able to give the app access. ${problem}</p>
<p>Go back to the app that sent you here, and begin again.</p>`,
    400,
  )
}
