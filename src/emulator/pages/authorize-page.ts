import type { Permissions } from '../state/permissions.ts'
import type { AppState, RequestToken, UserState } from '../state/tables.ts'
import { html } from './html.ts'
import { page } from './page.ts'

/** The content of the sign-in page. */
export interface AuthorizePageContent {
  /** The path that the form is sent to: `/oauth/authorize` or `/oauth/authenticate`. */
  readonly action: string
  readonly request: RequestToken
  readonly app: AppState
  readonly users: readonly UserState[]
  /** The user who is preselected. `undefined` when the person must choose. */
  readonly selected: UserState | undefined
  /** The problem with the last answer. */
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

/** Asks a person which user they are, and whether the app may access the account of that user. */
export function authorizePage({ action, request, app, users, selected, problem }: AuthorizePageContent): Response {
  const title = `Let ${app.name} use your account?`
  const body = html`${problem !== undefined && html`<p class="alert" role="alert">${problem}</p>`}
<h2>The app will be able to:</h2>
<ul>${(abilities[request.permissions ?? app.permissions]).map((ability) => html`<li>${ability}</li>`)}</ul>
<form method="post" action="${action}">
<input type="hidden" name="oauth_token" value="${request.token}">
<label for="user">Sign in as</label>
<select id="user" name="screen_name">
${selected === undefined && html`<option value="">Choose who you are</option>`}
${users.map(
  (user) =>
    html`<option value="${user.screenName}"${user === selected && html` selected`}>${user.name} (@${user.screenName})</option>`,
)}
</select>
<div class="buttons">
<button class="main">Authorize app</button>
<button name="cancel" value="1">Cancel</button>
</div>
</form>
<p class="note">${describeCallback(request.callback)}</p>`
  return page(title, body, problem === undefined ? 200 : 400)
}

function describeCallback(callback: string): string {
  return callback === 'oob'
    ? 'If you authorize it, you will see a PIN to give to the app.'
    : `You will go back to ${callback}.`
}
