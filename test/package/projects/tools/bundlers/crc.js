// One name of the root: nothing that it does not need may be in the bundle.
import { answerCrc } from 'x-account-activity'

console.log(answerCrc('challenge_string', 'consumer-secret').response_token)
