import type { Permissions } from '../state/permissions.ts'
import type { AppState, RequestToken, UserState } from '../state/state.ts'
import { html } from './html.ts'
import { page } from './page.ts'

/** What the page asks, and whom. */
export interface AuthorizePageContent {
  /** Where the answer goes: `/oauth/authorize` or `/oauth/authenticate`. */
  readonly action: string
  readonly request: RequestToken
  readonly app: AppState
  readonly users: readonly UserState[]
  /** Who is chosen when the page opens; nobody when the person is to choose. */
  readonly chosen: UserState | undefined
  /** What was wrong with the last answer. */
  readonly problem?: string
}

const abilities: Readonly<Record<Permissions, readonly string[]>> = {
  read: ['See your posts, and whom you follow, mute and block'],
  'read-write': ['See and change your posts, and whom you follow, mute and block'],
  'read-write-directmessages': [
    'See and change your posts, and whom you follow, mute and block',
    'Send direct messages for you, and read, manage and delete those you have',
  ],
}

/** Asks a person which user they are, and whether the app may act for that user. */
export function authorizePage({ action, request, app, users, chosen, problem }: AuthorizePageContent): Response {
  const title = `Let ${app.name} use your account?`
  const body = html`${problem !== undefined && html`<p class="alert" role="alert">${problem}</p>`}
<h2>The app will be able to:</h2>
<ul>${(abilities[request.permissions ?? app.permissions]).map((ability) => html`<li>${ability}</li>`)}</ul>
<form method="post" action="${action}">
<input type="hidden" name="oauth_token" value="${request.token}">
<label for="user">Sign in as</label>
<select id="user" name="screen_name">
${chosen === undefined && html`<option value="">Choose who you are</option>`}
${users.map(
  (user) =>
    html`<option value="${user.screenName}"${user === chosen && html` selected`}>${user.name} (@${user.screenName})</option>`,
)}
</select>
<div class="buttons">
<button class="main">Authorize app</button>
<button name="cancel" value="1">Cancel</button>
</div>
</form>
<p class="note">${backTo(request.callback)}</p>`
  return page(title, body, problem === undefined ? 200 : 400)
}

function backTo(callback: string): string {
  return callback === 'oob'
    ? 'If you authorize it, you will see a PIN to give to the app.'
    : `You will go back to ${callback}.`
}
