// `workerd serve` serves from here.
import { answer } from './app.js'

export default {
  fetch: (request, _env, context) => answer(request, context),
}
