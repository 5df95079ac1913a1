// The server for `workerd serve`.
import { answer } from './app.js'

export default {
  fetch: (request, _env, context) => answer(request, context),
}
